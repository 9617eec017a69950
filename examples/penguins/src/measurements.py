"""The measurements: reading and writing them as CSV."""
import csv

FEATURES = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
SPECIES = ["Adelie", "Chinstrap", "Gentoo"]


def read_table(path):
    """All rows of a CSV file as dictionaries of text."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write_table(path, rows):
    """Species and measurements of these rows, spelt as they were read."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["species", *FEATURES], extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def is_complete(row):
    """False for the two penguins that were not measured."""
    return all(row[name] != "NA" for name in FEATURES)


def to_inputs(rows):
    """One list of four numbers per row."""
    return [[float(row[name]) for name in FEATURES] for row in rows]


def to_labels(rows):
    """One index into SPECIES per row."""
    return [SPECIES.index(row["species"]) for row in rows]
