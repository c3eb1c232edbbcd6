"""``grades.csv``: the class in one table, for spreadsheets and grade books."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from fractions import Fraction

from grader.exercise import Assignment
from grader.outcome import Result

from .class_summary import by_learner, class_rows
from .points_text import nearest_decimal, rounded
from .safe_text import one_line

# What a spreadsheet takes for the start of a formula, also in its full-width form; after quotes,
# which some drop, and after a semicolon, which parts cells where a comma is the decimal point.
_FORMULA = re.compile(r"""(^|;)([\s"']*[=+\-@＝＋－＠])""")


def to_csv(results: Iterable[Result], assignment: Assignment) -> bytes:
    """Return a row for each of *results*, sorted by learner, in UTF-8 with a byte order mark.

    An exercise that was not graded has an empty cell; so has the percentage of nothing.
    """
    exercises = [exercise.name for exercise in assignment.exercises]
    header = ["learner", *exercises, "score", "max_score", "percent", "status", "trouble"]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*header, "submission", "digest"])
    ordered = by_learner(results)
    for result, row in zip(ordered, class_rows(ordered), strict=True):
        writer.writerow(
            [
                _defused(row.learner),
                *(_points(row.exercises.get(name)) for name in exercises),
                _points(row.score),
                _points(row.max_score),
                rounded(100 * row.score / row.max_score, 2) if row.max_score else "",
                "final" if row.final else "not final",
                _defused(row.trouble),
                _defused(one_line(result.submission)),
                _defused(one_line(result.digest)),
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def _points(points: Fraction | None) -> str:
    return "" if points is None else nearest_decimal(points)


def _defused(text: str) -> str:
    """Return *text*, which is on one line, so that no spreadsheet computes it."""
    return _FORMULA.sub(r"\1'\2", text)
