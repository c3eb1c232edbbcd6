"""Reports say where an exercise was taken from, and what else defines it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from grader.exercise import OtherPlace, Source, Text
from grader.outcome import Outcome, Result
from grader.report.class_summary import trouble
from grader.report.markdown import to_markdown
from grader.report.remarks import exercise_remarks

from ..made_results import made_check, made_result

EMPTY = OtherPlace("b.py", "", "blank", same=False)
OTHER = OtherPlace("c.ipynb", "cell 2", "written", same=False, points=Fraction(1))
COPY = OtherPlace("d.py", "", "written", same=True, points=Fraction(2))


def taken(*others: OtherPlace) -> Result:
    """Return a result of one exercise, worth two points, that other places define, too."""
    result = made_result(made_check("softmax.test_rows", Outcome.PASSED, 2))
    source = Source("a.ipynb", "cell 5", "written", others)
    return replace(result, exercises=(replace(result.exercises[0], source=source),))


def test_a_report_names_file_and_cell() -> None:
    """Also an empty starter elsewhere, which the kit always has: that is no remark."""
    result = taken(EMPTY)

    text = to_markdown(result, {}, Text("Basics", "基础"))

    assert "Taken from a.ipynb, cell 5. It is empty in b.py, as in the starter." in text
    assert list(exercise_remarks(result.exercises[0])) == []


def test_other_work_is_a_remark_with_the_rule() -> None:
    """With what it would earn, if that is something else; the instructor's table has that, too."""
    result = taken(OTHER, COPY)

    assert list(exercise_remarks(result.exercises[0])) == [
        "Taken from a.ipynb, cell 5.",
        "It is also in c.ipynb, cell 2, with other code, which would earn 1 / 2.",
        "It is also in d.py, with the same code.",
        "Of several written definitions, the file's name decided, then its date.",
    ]
    assert trouble(result) == "softmax: c.ipynb would earn 1"
    assert trouble(taken(COPY)) == ""
