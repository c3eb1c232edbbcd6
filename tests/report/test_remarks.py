"""Overrides, penalties and the like are shown by every report that has a place for them."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest
from rich.console import Console

from grader import language
from grader.adjustments import Override, PartialCredit, Penalty
from grader.exercise import Assignment, Exercise, Text
from grader.outcome import (
    Outcome,
)
from grader.report.desk_view import Desk
from grader.report.grades_csv import to_csv
from grader.report.json_report import from_json, to_json
from grader.report.junit_xml import to_junit
from grader.report.markdown import exercise_to_comment, exercise_to_markdown, to_markdown
from grader.report.notebook_html import as_html
from grader.report.remarks import all_remarks
from grader.report.standing import Standing
from grader.report.terminal import class_table, result_view

from ..made_results import made_check, made_result, overridden

TITLE = Text("Basics", "基础")
SOFTMAX = Exercise("softmax", Text("Softmax", "Softmax"), Fraction(3))
BASICS = Assignment("basics", TITLE, "numpy", (SOFTMAX,))

THROUGH = "Passed with a correct exp in place of yours."
CREDIT = "Partial credit, 0.5 of 1 points: The shape is right."
OVERRIDE = "Overridden by Dr. Noether, 2.5 points instead of 1.5: Well argued."
LATE = "Submitted 1 d 2 h late."
PENALTY = "Penalty of 0.5 on 2.5 points: A day late."
SUM = "The sum: 1.5 by the checks + 1 by overrides − 0.5 for lateness = 2."


@pytest.fixture
def adjusted():
    """Return a result in which nothing is as simple as its checks."""
    half = PartialCredit(Fraction(1, 2), "The shape is right.")
    result = made_result(
        made_check("softmax.test_a", Outcome.PASSED, through="exp"),
        made_check("softmax.test_b", Outcome.FAILED, credit=half, message="Wrong."),
        made_check("softmax.test_c", Outcome.NOT_IMPLEMENTED),
        late_seconds=26 * 3600 + 59 * 60,
        penalty=Penalty(Fraction(1, 2), "A day late."),
    )
    return overridden(result, softmax=Override(Fraction(5, 2), "Well argued.", "Dr. Noether"))


def shown(view):
    """Return what a wide terminal without colours shows."""
    page = io.StringIO()
    Console(file=page, width=120).print(view)
    return page.getvalue()


def test_remarks_name_their_place(adjusted):
    """An exercise, a check of it, or the whole."""
    assert list(all_remarks(adjusted)) == [
        f"softmax: {OVERRIDE}",
        f"softmax/test_a: {THROUGH}",
        f"softmax/test_b: {CREDIT}",
        LATE,
        PENALTY,
        SUM,
    ]


def test_there_is_nothing_to_remark_on_an_ordinary_result():
    """What passed or failed by itself, in time, needs no explanation."""
    checks = [made_check(f"a.b{n}", outcome) for n, outcome in enumerate(Outcome)]

    assert list(all_remarks(made_result(*checks))) == []


@pytest.mark.parametrize(
    ("seconds", "time"),
    [(1, "0 h 1 min"), (3600, "1 h 0 min"), (86_399, "1 d 0 h"), (90_000, "1 d 1 h")],
)
def test_lateness_is_told_in_two_units(seconds, time):
    """Begun minutes count, as at a deadline."""
    assert [f"Submitted {time} late."] == list(all_remarks(made_result(late_seconds=seconds)))


def test_remarks_are_in_the_language_of_the_run(adjusted):
    """Only the reasons are the instructor's own words."""
    language.use("zh")
    text = "".join(all_remarks(adjusted)).replace("Dr. Noether", "").replace("softmax", "")

    assert "逾期" in text
    assert not any(word in text for word in ("points", "Penalty", "late.S", "Passed", "given"))


def test_the_terminal(adjusted):
    """Each stands below what it is about, and the score is what counts."""
    lines = [line.strip() for line in shown(result_view(adjusted)).splitlines()]

    assert lines == [
        "softmax  2.5 / 3",
        OVERRIDE,
        "✓ The sentence of test_a.",
        THROUGH,
        "✗ The sentence of test_b.  (failed)",
        CREDIT,
        "Wrong.",
        "· The sentence of test_c.",
        LATE,
        PENALTY,
        SUM,
        "Score: 2 / 3",
    ]
    assert "│     2.5 │ 2 / 3 │" in shown(class_table([adjusted], 120))


def test_markdown(adjusted):
    """The whole report and that of one exercise tell the same."""
    whole = to_markdown(adjusted, {"softmax": SOFTMAX.title}, TITLE)
    part = exercise_to_markdown(adjusted, SOFTMAX)

    assert whole.startswith("# Basics: 2 / 3 points\n")
    for text in (whole, part):
        assert "\n## Softmax: 2.5 / 3 points\n" in f"\n{text}"
        assert f"\n\n**Note:** {OVERRIDE}\n\n" in text
        assert f"- ✓ The sentence of test_a. (1 / 1) {THROUGH}\n" in text
        assert f"- ✗ The sentence of test_b. (0.5 / 1) {CREDIT}\n" in text
        assert f"**Note:** {LATE}" in text
        assert f"**Note:** {PENALTY}" in text


def test_a_comment_in_a_gradebook(adjusted):
    """A few lines; what passed by itself is not among them."""
    assert exercise_to_comment(adjusted, SOFTMAX).splitlines() == [
        "Softmax: 2.5 / 3 points",
        f"- {OVERRIDE}",
        f"- ✓ The sentence of test_a. (1 / 1) {THROUGH}",
        f"- ✗ The sentence of test_b. (0.5 / 1) {CREDIT}",
        "- Seen: `Wrong.`",
        "- · The sentence of test_c. (0 / 1)",
        f"- {LATE}",
        f"- {PENALTY}",
        f"- {SUM}",
    ]


def test_a_reason_draws_no_markup(adjusted):
    """An instructor's words are shown as they are."""
    evil = overridden(adjusted, softmax=Override(Fraction(1), "<b>*x*</b>", "a|b"))

    assert "&lt;b&gt;\\*x\\*" in to_markdown(evil, {}, TITLE)
    assert "<b>*x*" not in as_html(evil, Standing(0, 1, "softmax"), {}, Desk())


def test_a_notebook(adjusted):
    """The page in a notebook has them all, too."""
    page = as_html(adjusted, Standing(0, 1, "softmax"), {}, Desk())

    assert all(text in page for text in (OVERRIDE, THROUGH, CREDIT, LATE, PENALTY))


def test_json_brings_them_back(adjusted):
    """Nothing of it is lost on the way."""
    assert (adjusted, None) == from_json(to_json(adjusted))


def test_a_table_of_grades_has_more_columns_for_all(adjusted):
    """They follow the others, so that nothing that was there changes its place."""
    plain = made_result(made_check("softmax.test_a", Outcome.PASSED), learner="bob")
    text = to_csv([adjusted, plain], BASICS).decode("utf-8-sig")
    ada, bob = csv.DictReader(io.StringIO(text, newline=""))

    assert [*ada][:-8] == to_csv([plain], BASICS).decode("utf-8-sig").split("\r\n")[0].split(",")
    assert {
        "softmax": "2.5",
        "score": "2",
        "max_score": "3",
        "raw_points": "1.5",
        "overrides": "1",
        "penalty": "-0.5",
        "late_seconds": "97140",
        "remarks": " · ".join(all_remarks(adjusted)),
    }.items() <= ada.items()
    assert ["1", *[""] * 7] == [bob[key] for key in [*bob][-8:]]


def test_junit(adjusted):
    """Properties of the suite, and the text of a case that did not pass."""
    suite = ET.fromstring(to_junit([adjusted]))[0]
    properties = [(one.get("name"), one.get("value")) for one in suite.iter("property")]
    (failed, _unwritten) = suite.iter("failure")

    assert properties[5:] == [
        ("late_seconds", "97140"),
        ("penalty", "0.5"),
        *(("remark", remark) for remark in all_remarks(adjusted)),
    ]
    assert ("score", "2") == properties[0]
    assert failed.text == f"Wrong.\n\n{CREDIT}"
    assert "test_b (0.5/1)" in [case.get("name") for case in suite.iter("testcase")]
