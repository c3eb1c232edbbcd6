"""Houses that do not exist, and what they cost: the table of the course, and others like it.

Nothing is taken from elsewhere. `python autograder_tests/projects/houses.py` writes the files that
learners are given; they are the same every time.
"""

import csv
import sys
from pathlib import Path

import numpy as np

#: the categories of each column of words
DISTRICTS = ("harbour", "hills", "mill", "old town", "park")
HEATING = ("coal", "electric", "gas")
GARDEN = ("no", "yes")

#: what a house costs more, in logarithms, than one of the last category
DISTRICT_WORTH = (0.25, 0.35, -0.45, 0.2, 0.0)
HEATING_WORTH = (-0.3, -0.05, 0.0)

#: the seed of the table that comes with the course, and how many houses are in its parts
SEED = 20261130
TRAIN, TEST = 160, 60


def houses(rng, n):
    """Return a table of *n* houses with gaps: a dict of columns, with ``price`` at the end.

    Columns of numbers are arrays ``(n,)`` with NaN for what is missing, columns of words lists with
    None for it.
    """
    area = np.round(np.exp(rng.normal(4.6, 0.35, n)))
    year = rng.integers(1890, 2021, n).astype(float)
    rooms = np.clip(np.round(area / 28 + rng.normal(0, 0.8, n)), 1, 12)
    distance = np.round(rng.gamma(2.0, 2.5, n), 1)
    district, heating = rng.integers(0, 5, n), rng.integers(0, 3, n)
    garden = rng.integers(0, 2, n)
    worth = (
        10.6
        + 0.3 * np.log(area)
        + 0.0035 * area
        + 0.0022 * (year - 1950)
        - 0.035 * distance
        + np.take(DISTRICT_WORTH, district)
        + np.take(HEATING_WORTH, heating)
        + 0.1 * garden
        + rng.normal(0, 0.08, n)
    )
    return {
        "area": area,
        "rooms": gaps(rng, rooms, 0.08),
        "year": gaps(rng, year, 0.1),
        "distance": gaps(rng, distance, 0.06),
        "district": [DISTRICTS[place] for place in district],
        "heating": words(rng, HEATING, heating, 0.1),
        "garden": words(rng, GARDEN, garden, 0.08),
        "price": np.round(np.exp(worth), -2),
    }


def gaps(rng, numbers, rate):
    """Return *numbers* with some of them missing."""
    return np.where(rng.random(len(numbers)) < rate, np.nan, numbers)


def words(rng, categories, places, rate):
    """Return the categories at *places*, with some of them missing."""
    missing = rng.random(len(places)) < rate
    return [None if gone else categories[at] for gone, at in zip(missing, places, strict=True)]


def split(table, n):
    """Return the first *n* rows of *table*, and the others."""
    first = {name: column[:n] for name, column in table.items()}
    return first, {name: column[n:] for name, column in table.items()}


def course_houses():
    """Return the table that comes with the course: for training, and for testing."""
    return split(houses(np.random.default_rng(SEED), TRAIN + TEST), TRAIN)


def write(table, path):
    """Write *table* as a CSV file, with nothing where a value is missing."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table)
        for row in zip(*table.values(), strict=True):
            writer.writerow([cell(value) for value in row])


def cell(value):
    """Return what stands for *value* in a file."""
    if isinstance(value, float) and not np.isnan(value):
        return f"{value:.0f}" if value == round(value) else str(round(float(value), 1))
    return value if isinstance(value, str) else ""


if __name__ == "__main__":
    DATA = Path(__file__).parents[2] / "assignments" / "projects" / "files" / "data"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    for part, houses_in_it in zip(("train", "test"), course_houses(), strict=True):
        write(houses_in_it, folder / f"houses_{part}.csv")
