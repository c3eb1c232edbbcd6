"""Bicycles hired hour by hour in a city that does not exist: the table of the course, and others.

Nothing is taken from elsewhere. `python autograder_tests/projects/rides.py` writes the file that
learners are given; it is the same every time.
"""

import csv
import sys
from pathlib import Path

import numpy as np

#: one indicator for each three hours of the day, then the other features
FEATURES = (*(f"hour_{3 * part}" for part in range(8)), "workday", "temperature", "rain")

#: rides on a day without work and on a workday, in hundreds, for each three hours
FREE = (0.4, 0.2, 0.5, 2.2, 4.6, 4.8, 2.6, 1.2)
WORK = (0.2, 0.6, 5.0, 1.6, 1.8, 2.2, 5.6, 1.0)

SEED = 20261130
ROWS = 600


def rides(rng, n):
    """Return features ``(n, 11)`` and how many bicycles were hired ``(n, 1)`` in *n* hours."""
    part, workday = rng.integers(0, 8, n), rng.random(n) < 0.6
    temperature = np.round(rng.normal(14, 8, n), 1)
    rain = rng.random(n) < 0.3
    usual = np.where(workday, np.take(WORK, part), np.take(FREE, part))
    warmth = 1 + 0.03 * (temperature - 14)
    hired = 100 * usual * np.clip(warmth, 0.3, None) * np.where(rain, 0.6, 1.0)
    hired = np.round(np.clip(hired + rng.normal(0, 20, n), 0, None))
    X = np.column_stack([np.eye(8)[part], workday, temperature, rain]).astype(float)
    return X, hired[:, None]


def course_rides():
    """Return the table that comes with the course."""
    return rides(np.random.default_rng(SEED), ROWS)


def standardized(values):
    """Return *values* with mean 0 and deviation 1 in each column."""
    return (values - values.mean(axis=0)) / values.std(axis=0)


if __name__ == "__main__":
    DATA = Path(__file__).parents[2] / "assignments" / "projects" / "files" / "data"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    with (folder / "rides.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*FEATURES, "hired"])
        for x, y in zip(*course_rides(), strict=True):
            writer.writerow([f"{value:g}" for value in (*x, *y)])
