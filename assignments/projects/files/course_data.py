"""Read the data of the projects, which lie in ``data`` beside this file; see its README.

Everything comes as NumPy arrays and lists; make arrays of your framework from them.
"""

import csv
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data"


def read_houses(name):
    """Return a table of houses, ``"train"`` or ``"test"``, as a dict of columns.

    A column of numbers is an array of shape (n,), with NaN where a number is missing. A column of
    words is a list of n strings, with None where one is missing.
    """
    with (DATA / f"houses_{name}.csv").open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    return {name: _column(values) for name, values in columns.items()}


def _column(values):
    try:
        return np.array([float(value or "nan") for value in values])
    except ValueError:
        return [value or None for value in values]
