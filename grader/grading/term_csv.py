"""``term.csv``: every learner's term in one row, so that a spreadsheet can check the total."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from grader.course.catalogue import Course
from grader.report.points_text import nearest_decimal
from grader.report.safe_text import defused, one_line

from .term import Standing

FILE = "term.csv"


def to_term_csv(course: Course, found: Sequence[Standing]) -> bytes:
    """Return a row for each of *found*, in UTF-8 with a byte order mark.

    Of each assignment there are the points, those on offer, and the weight; all empty if it does
    not count yet, and the weight 0 if it is dropped.
    """
    names = [
        one.name for one in course.assignments if any(one.name in each.parts for each in found)
    ]
    page = io.StringIO(newline="")
    rows = csv.writer(page)
    heads = [head for name in names for head in (name, f"{name}_max", f"{name}_weight")]
    rows.writerow(
        ["learner", "name", "section", *heads, "dropped", "late_days", "percent", "status"]
    )
    for one in found:
        cells = [defused(one_line(text)) for text in (one.learner, one.name, one.section)]
        for name in names:
            part = one.parts.get(name)
            numbers = [part.score, part.offered, part.weight] if part else []
            cells += [nearest_decimal(number) for number in numbers] or ["", "", ""]
        dropped = " ".join(name for name, part in one.parts.items() if part.dropped)
        percent = "" if one.percent is None else nearest_decimal(one.percent)
        status = "waiting" if one.waits else "final"
        rows.writerow([*cells, dropped, str(one.late_days or ""), percent, status])
    return page.getvalue().encode("utf-8-sig")
