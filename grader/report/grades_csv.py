"""``grades.csv``: the class in one table, for spreadsheets and grade books."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from fractions import Fraction

from grader.exercise import Assignment
from grader.outcome import Result

from .class_summary import by_learner, points_by_exercise, trouble
from .points_text import nearest_decimal, rounded
from .remarks import all_remarks
from .safe_text import one_line

# What a spreadsheet takes for the start of a formula, also in its full-width form; after quotes,
# which some drop, and after a semicolon, which parts cells where a comma is the decimal point.
_FORMULA = re.compile(r"""(^|;)([\s"']*[=+\-@＝＋－＠])""")


def to_csv(results: Iterable[Result], assignment: Assignment) -> bytes:
    """Return a row for each of *results*, sorted by learner, in UTF-8 with a byte order mark.

    An exercise that was not graded has an empty cell; so has the percentage of nothing. Columns on
    lateness, penalties and the like are there if a single result has something to say in them.
    """
    exercises = [exercise.name for exercise in assignment.exercises]
    header = ["learner", *exercises, "score", "max_score", "percent", "status", "trouble"]
    text = io.StringIO()
    writer = csv.writer(text)
    ordered = by_learner(results)
    adjusted = any(map(_is_adjusted, ordered))
    more = ["raw_points", "penalty", "late_seconds", "remarks"] if adjusted else []
    writer.writerow([*header, "submission", "digest", *more])
    for result in ordered:
        points, offered = points_by_exercise(result), result.max_score
        writer.writerow(
            [
                _defused(one_line(result.learner)),
                *(_points(points.get(name)) for name in exercises),
                _points(result.score),
                _points(offered),
                rounded(100 * result.score / offered, 2) if offered else "",
                "final" if result.final else "not final",
                _defused(trouble(result)),
                _defused(one_line(result.submission)),
                _defused(one_line(result.digest)),
                *(_adjustments(result) if adjusted else ()),
            ]
        )
    return text.getvalue().encode("utf-8-sig")


def _is_adjusted(result: Result) -> bool:
    return bool(result.late_seconds or result.penalty or next(all_remarks(result), ""))


def _adjustments(result: Result) -> list[str]:
    """Return the cells that say how a score came from the points of the checks."""
    penalty = nearest_decimal(result.penalty.points) if result.penalty else ""
    late = str(result.late_seconds) if result.late_seconds else ""
    remarks = " ".join(all_remarks(result))
    return [nearest_decimal(result.raw_points), penalty, late, _defused(remarks)]


def _points(points: Fraction | None) -> str:
    return "" if points is None else nearest_decimal(points)


def _defused(text: str) -> str:
    """Return *text*, which is on one line, so that no spreadsheet computes it."""
    return _FORMULA.sub(r"\1'\2", text)
