"""``grades.csv``: the class in one table, for spreadsheets and grade books."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from grader.exercise import Assignment
from grader.outcome import Result
from grader.submission.metadata import Metadata

from .class_summary import by_learner, natural_order, points_by_exercise, trouble
from .points_text import nearest_decimal, rounded
from .remarks import all_remarks
from .safe_text import defused, one_line
from .score_sum import terms

#: columns on the origin of a submission
_SAID: dict[str, Callable[[Metadata], str]] = {
    "name": lambda said: said.name,
    "section": lambda said: said.section,
    "group": lambda said: ", ".join(said.group),
    "platform_id": lambda said: said.platform_id,
    "attempt": lambda said: str(said.attempt or ""),
    "submitted_at": lambda said: said.submitted,
    "late": lambda said: "late" if said.late else "",
}
#: columns of the sum that a score is, and its terms
_TERMS = {
    "raw_points": "checks",
    "bonus": "bonus",
    "overrides": "overrides",
    "by_hand": "by_hand",
    "penalty": "penalty",
    "over_cap": "over_cap",
}
_NONE: Mapping[str, Metadata] = {}


def to_csv(
    results: Iterable[Result],
    assignment: Assignment,
    metadata: Mapping[str, Metadata] = _NONE,
    missing: Mapping[str, Metadata] = _NONE,
) -> bytes:
    """Return a row for each of *results*, sorted by learner, in UTF-8 with a byte order mark.

    An exercise that was not graded has an empty cell; so has the percentage of nothing. Columns on
    lateness, penalties and the like are there if a single row has something to say in them.

    Args:
        metadata: what platforms and the roster say of submissions, by learner.

        missing: the same for learners without a submission; they get a row without points.
    """
    exercises = [exercise.name for exercise in assignment.exercises]
    exercises += [line.name for line in assignment.rubric]
    header = ["learner", *exercises, "score", "max_score", "percent", "status", "trouble"]
    ordered = by_learner(results)
    adjusted = any(map(_is_adjusted, ordered))
    more = [*_TERMS, "late_seconds", "remarks"] if adjusted else []
    said = {**metadata, **missing}
    known = [result.learner for result in ordered] + list(missing)
    told = [c for c, cell in _SAID.items() if any(cell(said[w]) for w in known if w in said)]
    rows: list[tuple[str, list[str]]] = []
    for result in ordered:
        points, offered = points_by_exercise(result), result.max_score
        cells = [
            *(_points(points.get(name)) for name in exercises),
            _points(result.score),
            _points(offered),
            rounded(100 * result.score / offered, 2) if offered else "",
            _status(result),
            defused(trouble(result)),
            defused(one_line(result.submission)),
            defused(one_line(result.digest)),
            *(_adjustments(result) if adjusted else ()),
        ]
        rows.append((result.learner, cells))
    for learner in missing:
        blank = [""] * (len(exercises) + 3)
        rows.append((learner, [*blank, "missing", *[""] * (3 + len(more))]))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*header, "submission", "digest", *more, *told])
    for learner, cells in sorted(rows, key=lambda row: natural_order(row[0])):
        own = said.get(learner, Metadata())
        tail = (defused(one_line(_SAID[column](own))) for column in told)
        writer.writerow([defused(one_line(learner)), *cells, *tail])
    return text.getvalue().encode("utf-8-sig")


def _status(result: Result) -> str:
    if not result.final:
        return "not final"
    return "waiting" if result.waits else "final"


def _is_adjusted(result: Result) -> bool:
    return bool(result.late_seconds or result.penalty or next(all_remarks(result), ""))


def _adjustments(result: Result) -> list[str]:
    """Return the cells that show how the score follows from the points of the checks."""
    found = terms(result)
    cells = [nearest_decimal(found[name]) if found[name] else "" for name in _TERMS.values()]
    late = str(result.late_seconds) if result.late_seconds else ""
    remarks = " · ".join(all_remarks(result))
    return [cells[0] or "0", *cells[1:], late, defused(remarks)]


def _points(points: Fraction | None) -> str:
    return "" if points is None else nearest_decimal(points)
