"""A heat map of two arrays: in which cells of a matrix they differ, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from grader.language import _
from grader.worker.values import Array

#: maximum number of cells of a heat map in each direction
MOST_CELLS = 16


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A picture of where two arrays differ.

    Attributes:
        shades: two-dimensional, at most 16 by 16, from 0 (equal) to 1 (the largest difference).

        told: the meaning of each cell, in words.

        part: the index of the part of a larger array that it shows; empty for all of it.
    """

    shades: Array
    told: tuple[tuple[str, ...], ...]
    part: str = ""


def heat_map_of(differences: Array, mine: Array, right: Array, worst: tuple[int, ...]) -> HeatMap:
    """Return the heat map of the matrix that contains the *worst* entry.

    Args:
        differences: of *mine* and *right*, entry by entry; infinite where only one is finite.
    """
    slices: Any = (*worst[:-2], ...)
    part = f"[{', '.join(map(str, worst[:-2]))}, :, :]" if right.ndim > 2 else ""
    flat = np.atleast_2d(differences[slices])
    values = np.atleast_2d(mine[slices]), np.atleast_2d(right[slices])
    finite = flat[np.isfinite(flat)]
    # The square root keeps small differences visible beside a large one.
    most = float(finite.max()) if finite.size and finite.max() > 0 else 1.0
    scaled = np.sqrt(np.clip(np.where(np.isfinite(flat), flat / most, 1.0), 0.0, 1.0))
    rows, columns = (_spans(length) for length in flat.shape)
    shades = np.array([[scaled[r, c].max() for c in columns] for r in rows])
    told = tuple(tuple(_told(r, c, *values) for c in columns) for r in rows)
    return HeatMap(shades, told, part)


def _spans(length: int) -> list[slice]:
    """Return at most 16 slices that cover *length* entries."""
    cuts = np.linspace(0, length, min(length, MOST_CELLS) + 1).astype(int)
    return [slice(int(a), int(b)) for a, b in pairwise(cuts)]


def _told(rows: slice, columns: slice, mine: Array, right: Array) -> str:
    """Return the meaning of a cell of the heat map."""
    place = ", ".join(
        str(s.start) if s.stop - s.start == 1 else f"{s.start}:{s.stop}" for s in (rows, columns)
    )
    if mine[rows, columns].size > 1:
        return f"[{place}]"
    text = _("[{index}]: got {got}, expected {expected}")
    got, expected = (f"{values[rows, columns].item():.4g}" for values in (mine, right))
    return text.format(index=place, got=got, expected=expected)
