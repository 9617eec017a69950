"""Trains and tests on five different splits, so that one lucky split does not decide what we say of the model.

    python3 src/cross_validate.py
"""
import json
import random

from measurements import SPECIES, is_complete, read_table, to_inputs, to_labels
from train import ROOT, fit, measure, new_network

FOLDS = 5
SEED = 1


def main():
    settings = json.loads((ROOT / "config" / "training.json").read_text())
    rows = [row for row in read_table(ROOT / "data" / "penguins.csv") if is_complete(row)]
    random.Random(SEED).shuffle(rows)
    rows.sort(key=lambda row: SPECIES.index(row["species"]))
    results = [measure_fold(rows, fold, settings) for fold in range(FOLDS)]
    for result in results:
        print(f"{result['correct']} of {result['penguins']} right, accuracy {result['accuracy']:.4f}")
    correct = sum(result["correct"] for result in results)
    print(f"all: {correct} of {len(rows)} right, accuracy {correct / len(rows):.4f}")


def measure_fold(rows, fold, settings):
    """Every fifth penguin tests, the others train; the rows are sorted by species, so each has its share."""
    train = [row for at, row in enumerate(rows) if at % FOLDS != fold]
    network = new_network(to_inputs(train), settings)
    fit(network, to_inputs(train), to_labels(train), settings)
    return measure(network, rows[fold::FOLDS])


if __name__ == "__main__":
    main()
