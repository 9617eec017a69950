"""Splits data/penguins.csv into data/train.csv and data/test.csv: four in five of each species are for training."""
import random
from pathlib import Path

from measurements import SPECIES, is_complete, read_table, write_table

SEED = 2014
DATA = Path(__file__).resolve().parent.parent / "data"


def main():
    rows = [row for row in read_table(DATA / "penguins.csv") if is_complete(row)]
    chance = random.Random(SEED)
    train, test = [], []
    for species in SPECIES:
        of_species = [row for row in rows if row["species"] == species]
        chance.shuffle(of_species)
        cut = round(len(of_species) * 0.8)
        train += of_species[:cut]
        test += of_species[cut:]
    for name, part in (("train", train), ("test", test)):
        write_table(DATA / f"{name}.csv", part)
        print(f"data/{name}.csv: {len(part)} penguins")


if __name__ == "__main__":
    main()
