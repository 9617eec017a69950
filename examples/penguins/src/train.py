"""Trains the network on data/train.csv and writes model/. Needs Python 3.9 or newer and nothing else.

    python3 src/train.py
"""
import json
import random
from pathlib import Path
from statistics import fmean, pstdev

from measurements import FEATURES, SPECIES, read_table, to_inputs, to_labels
from network import Network, softmax, layer
from onnx_file import write_onnx
from safetensors_file import read_tensors, write_tensors

ROOT = Path(__file__).resolve().parent.parent


def main():
    settings = json.loads((ROOT / "config" / "training.json").read_text())
    train, test = (read_table(ROOT / "data" / f"{name}.csv") for name in ("train", "test"))
    network = new_network(to_inputs(train), settings)
    fit(network, to_inputs(train), to_labels(train), settings)
    save(network)
    # Measured with the weights as stored, which are rounded to 32 bits.
    stored = Network.from_tensors(read_tensors(ROOT / "model" / "model.safetensors"))
    metrics = {"train": measure(stored, train), "test": measure(stored, test)}
    (ROOT / "model" / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n")
    for name, found in metrics.items():
        print(f"{name}: {found['correct']} of {found['penguins']} right, accuracy {found['accuracy']:.4f}")


def new_network(inputs, settings):
    """Small random weights; mean and scale of the training data."""
    chance = random.Random(settings["seed"])
    columns = list(zip(*inputs))
    units = settings["hidden_units"]
    return Network(
        [fmean(column) for column in columns],
        [pstdev(column) for column in columns],
        random_rows(chance, units, len(FEATURES)),
        [0.0] * units,
        random_rows(chance, len(SPECIES), units),
        [0.0] * len(SPECIES),
    )


def random_rows(chance, count, width):
    return [[chance.gauss(0, width**-0.5) for _ in range(width)] for _ in range(count)]


def fit(network, inputs, labels, settings):
    """Gradient descent with momentum over all training data at once, on cross-entropy with weight decay."""
    standard = [network.standardise(one) for one in inputs]
    groups = [network.hidden, [network.hidden_bias], network.output, [network.output_bias]]
    speeds = [[[0.0] * len(row) for row in group] for group in groups]
    for _ in range(settings["epochs"]):
        for group, speed, slope in zip(groups, speeds, gradients(network, standard, labels)):
            step(group, speed, slope, settings)


def step(group, speed, slope, settings):
    for row, row_speed, row_slope in zip(group, speed, slope):
        for at, value in enumerate(row):
            pull = row_slope[at] + settings["weight_decay"] * value
            row_speed[at] = settings["momentum"] * row_speed[at] - settings["learning_rate"] * pull
            row[at] += row_speed[at]


def gradients(network, standard, labels):
    """Means over all penguins, in the order hidden, hidden bias, output, output bias."""
    hidden = [[0.0] * len(FEATURES) for _ in network.hidden]
    hidden_bias = [0.0] * len(network.hidden)
    output = [[0.0] * len(network.hidden) for _ in SPECIES]
    output_bias = [0.0] * len(SPECIES)
    share = 1 / len(standard)
    for one, label in zip(standard, labels):
        active = network.activations(one)
        chances = softmax(layer(network.output, network.output_bias, active))
        errors = [(chance - (species == label)) * share for species, chance in enumerate(chances)]
        for species, error in enumerate(errors):
            output_bias[species] += error
            for unit, activation in enumerate(active):
                output[species][unit] += error * activation
        for unit, activation in enumerate(active):
            back = sum(error * row[unit] for error, row in zip(errors, network.output)) * (1 - activation**2)
            hidden_bias[unit] += back
            for at, value in enumerate(one):
                hidden[unit][at] += back * value
    return hidden, [hidden_bias], output, [output_bias]


def save(network):
    folder = ROOT / "model"
    tensors = network.to_tensors()
    words = {"features": ",".join(FEATURES), "labels": ",".join(SPECIES)}
    write_tensors(folder / "model.safetensors", tensors, words)
    write_onnx(folder / "model.onnx", tensors, len(FEATURES), len(SPECIES))
    units = len(network.hidden)
    config = {"features": FEATURES, "hidden_units": units, "activation": "tanh", "labels": SPECIES}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def measure(network, rows):
    """Accuracy, and the confusion matrix: one row per true species, one column per predicted one."""
    confusion = [[0] * len(SPECIES) for _ in SPECIES]
    for inputs, label in zip(to_inputs(rows), to_labels(rows)):
        confusion[label][network.predict(inputs)] += 1
    correct = sum(confusion[at][at] for at in range(len(SPECIES)))
    accuracy = round(correct / len(rows), 4)
    return {"penguins": len(rows), "correct": correct, "accuracy": accuracy, "confusion": confusion}


if __name__ == "__main__":
    main()
