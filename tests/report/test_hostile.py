"""One hostile learner, every form of a report."""

from __future__ import annotations

import io
import unicodedata
from datetime import UTC, datetime
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from grader.exercise import Assignment, Exercise, Text
from grader.outcome import CheckResult, Isolation, Outcome
from grader.report.class_figures import ClassFigures, Member
from grader.report.class_html import class_html
from grader.report.grades_csv import to_csv
from grader.report.item_statistics import analyse
from grader.report.json_report import from_json, to_json
from grader.report.junit_xml import to_junit
from grader.report.learner_html import learner_html
from grader.report.learner_page import (
    Code,
    LearnerPage,
    ShownExercise,
    for_learner,
    learner_view,
)
from grader.report.markdown import to_markdown
from grader.report.mistakes_made import mistakes_made
from grader.report.terminal import class_table, result_view

from ..made_results import made_result

TITLE = Text("Basics", "基础")
BASICS = Assignment("basics", TITLE, "numpy", (Exercise("softmax", TITLE, Fraction(1)),))
EVIL = (
    "<script>alert(1)</script>\x1b[2J\x1b]0;t\x07 [x](javascript:y) ``` |\u202e\u200b\u2066\x9b0m"
    "\r\n# 10 / 10 points\0\ud800\uffff]]>&#0;"
)
#: what emoji and some scripts are written with
JOINERS = {"\u200c", "\u200d"}


def shown(view, width=100):
    """Return what a terminal without colours is sent."""
    screen = io.StringIO()
    Console(file=screen, width=width).print(view)
    return screen.getvalue()


def page_of(result):
    """Return the learner's page, with code that is as hostile as the rest."""
    text = result.learner
    code = Code(text, 1, tuple(text.splitlines()))
    shown = tuple(ShownExercise(one, None, code) for one in result.exercises)
    when = datetime(2026, 12, 1, tzinfo=UTC)
    return LearnerPage(result, TITLE, text, when, shown, {}, {})


def class_of(result):
    """Return the class page of a class of one, read from the report on disk."""
    (kept, _fingerprint) = from_json(to_json(result))
    member = Member(kept, result.learner, result.learner, None, False, tuple(kept.notes))
    analysis, mistakes = analyse("basics", [kept]), mistakes_made([kept], [])
    missing = ((result.learner, result.learner),)
    return class_html(ClassFigures("basics", TITLE, (), (member,), missing, (), analysis, mistakes))


RENDERERS = {
    "page": lambda result: learner_html(for_learner(page_of(result))),
    "mail": lambda result: shown(learner_view(for_learner(page_of(result)))),
    "class": class_of,
    "markdown": lambda result: to_markdown(result, {}, TITLE),
    "json": lambda result: to_json(result).decode(),
    "junit": lambda result: to_junit([result, result]).decode(),
    "csv": lambda result: to_csv([result], BASICS).decode("utf-8-sig"),
    "terminal": lambda result: shown(result_view(result)),
    "table": lambda result: shown(class_table([result], 100)),
}


def hostile(text, outcome=Outcome.FAILED):
    """Return a result in which all that a learner can have a say in is *text*."""
    check = CheckResult("softmax", "test_a", outcome, Fraction(1), "Right.", text, (text,))
    return made_result(
        check,
        learner=text,
        submission=text,
        digest=text,
        isolation=Isolation("landlock"),
        notes=(text,),
    )


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
@given(text=st.text(st.characters(exclude_categories=())) | st.just(EVIL))
@settings(max_examples=60)
def test_nothing_invisible_and_no_control_comes_through(render, text):
    """No escape code, no change of direction, no half character, in any form."""
    out = render(hostile(text))
    left = {c for c in out if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}

    out.encode("utf-8")
    # marks before numbers in Arabic, Syriac, Kaithi and the like are letters there
    assert {c for c in left if not "\u0600" <= c <= "\U0001bfff"} <= {"\n", "\t", "\r"} | JOINERS


def test_reports_are_read_by_those_who_read_them():
    """Whatever is in one, JSON and XML are what their readers expect."""
    for outcome in Outcome:
        made = hostile(EVIL, outcome)

        assert from_json(to_json(made))[0].checks[0].outcome is outcome
        assert len(ElementTree.fromstring(to_junit([made]))) == 1


@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS)
def test_a_message_of_megabytes_is_cut(render):
    """Nobody's report is larger for it than a few pages."""
    assert len(render(hostile("<\x1b[1m" * 1_000_000))) < 300_000
