"""Tells the species of penguins. Needs Python 3.9 or newer and nothing else.

    python3 src/predict.py 39.1 18.7 181 3750      one penguin: bill length, bill depth, flipper length (mm), mass (g)
    python3 src/predict.py data/test.csv           a table; with a column `species` the accuracy follows
"""
import sys
from pathlib import Path

from measurements import FEATURES, SPECIES, read_table, to_inputs
from network import Network
from safetensors_file import read_tensors

MODEL = Path(__file__).resolve().parent.parent / "model" / "model.safetensors"


def main(arguments):
    network = Network.from_tensors(read_tensors(MODEL))
    if len(arguments) == len(FEATURES):
        return tell_one(network, [float(argument) for argument in arguments])
    if len(arguments) == 1:
        return tell_table(network, read_table(arguments[0]))
    sys.exit(__doc__)


def tell_one(network, inputs):
    for species, chance in sorted(zip(SPECIES, network.probabilities(inputs)), key=lambda pair: -pair[1]):
        print(f"{species:<10} {chance:.3f}")


def tell_table(network, rows):
    predicted = [SPECIES[network.predict(inputs)] for inputs in to_inputs(rows)]
    for species in predicted:
        print(species)
    if "species" in rows[0]:
        correct = sum(row["species"] == species for row, species in zip(rows, predicted))
        print(f"accuracy {correct / len(rows):.4f} ({correct} of {len(rows)})")


if __name__ == "__main__":
    main(sys.argv[1:])
