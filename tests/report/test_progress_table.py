from __future__ import annotations

import io
from fractions import Fraction

import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.exercise import Assignment, Exercise, Text
from grader.report.progress_table import progress_view
from grader.report.standing import Standing

TITLE = Text("Softmax regression", "softmax回归")
EXERCISES = tuple(
    Exercise(name, Text(f"The {name} of every row", name), Fraction(6))
    for name in ("softmax", "cross_entropy_gradient")
)


def shown(width):
    """Return the lines of a view that is *width* cells wide."""
    page = io.StringIO()
    points = {"softmax": (Fraction(3), Fraction(6)), "cross_entropy_gradient": None}
    view = progress_view(
        Assignment("a", TITLE, "numpy", EXERCISES), points, Standing(0, 2, "softmax")
    )
    Console(file=page, width=width, force_terminal=False).print(view)
    return page.getvalue().split("\n")[:-1]


def test_each_exercise_has_a_line():
    """Its name, a bar, points, and its title."""
    first, second, last = shown(90)

    assert "softmax                 █████░░░░░  3 / 6            The softmax of every row" == first
    assert second.startswith("cross_entropy_gradient  ░░░░░░░░░░  not checked yet  The cross_")
    assert "0 of 2 exercises pass. Next: softmax." == last


@pytest.mark.parametrize("width", [12, 24, 40, 50, 65, 80])
def test_a_narrow_terminal_shows_all_points(width):
    """Titles are shortened and left out first, then bars; names and points stay whole."""
    lines = shown(width)
    text = "".join(lines).replace(" ", "")

    assert all(cell_len(line) <= width for line in lines)
    assert all(part in text for part in ("cross_entropy_gradient", "3/6", "notcheckedyet"))
    assert ("…" in text) == (width in (65, 80))
