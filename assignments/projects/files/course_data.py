"""Read the data of the projects, which lie in ``data`` beside this file; see its README.

Tables and images come as NumPy arrays and lists, texts as strings; make arrays of your framework
from them.
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


def read_rides():
    """Return features, of shape (600, 11), and how many bicycles were hired, of shape (600, 1).

    The first eight features say which three hours of the day it is; then follow whether it is a
    workday, the temperature, and whether it rains.
    """
    table = np.loadtxt(DATA / "rides.csv", delimiter=",", skiprows=1)
    return table[:, :-1], table[:, -1:]


def read_shapes(name):
    """Return images of shape (n, 1, 16, 16) and labels of shape (n,): ``"train"`` or ``"test"``.

    Greys are from 0 to 1. Labels are 0 for a plus, 1 for a cross, 2 for a square and 3 for a bar.
    """
    lines = (DATA / f"shapes_{name}.txt").read_text(encoding="utf-8").split()
    images = [[int(digit, 16) / 15 for digit in line] for line in lines[1::2]]
    return np.array(images).reshape(-1, 1, 16, 16), np.array([int(label) for label in lines[::2]])


def read_sentences():
    """Return a text of 2000 characters, one string."""
    return (DATA / "sentences.txt").read_text(encoding="utf-8").rstrip("\n")
