from __future__ import annotations

import io
import json
import re

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from rich.console import Console
from scipy.stats import pointbiserialr

from grader.outcome import Outcome
from grader.report.item_statistics import analyse
from grader.report.item_tables import bar, items_payload, items_view

from ..made_results import made_check, made_result

P, F, N, T = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_IMPLEMENTED, Outcome.TIMED_OUT
S, B, I = Outcome.SKIPPED, Outcome.BLOCKED, Outcome.INTERNAL  # noqa: E741 — as in a table


@pytest.fixture
def classes(check, result):
    """Return a maker of a class: checks by name, with one outcome for each learner."""

    def make(**columns):
        names = {name.replace("__", ".") for name in columns}
        assert all("." in name for name in names)
        rows = zip(*columns.values(), strict=True)
        return [
            result(
                *(
                    check(name.replace("__", "."), outcome)
                    for name, outcome in zip(columns, row, strict=True)
                    if outcome is not None
                ),
                learner=f"s{number}",
            )
            for number, row in enumerate(rows)
        ]

    return make


def found(analysis, kind):
    """Return what the findings of one kind are about."""
    return [finding.what for finding in analysis.findings if finding.kind == kind]


def test_figures_of_a_check(classes):
    """Outcomes, the share that passed, and the correlation with the points of the others."""
    one, two, three = [P, P, P, F, P, F], [P, P, F, P, F, F], [P, F, P, F, F, N]
    analysis = analyse("basics", classes(a__one=one, a__two=two, b__three=three))
    passed = np.array([[o is P for o in column] for column in (one, two, three)], float)
    expected = [pointbiserialr(passed[i], passed.sum(0) - passed[i]).statistic for i in range(3)]

    assert [item.label for item in analysis.items] == ["a/one", "a/two", "b/three"]
    assert [item.share for item in analysis.items] == [4 / 6, 3 / 6, 2 / 6]
    assert np.allclose([item.discrimination for item in analysis.items], expected)
    assert analysis.items[2].outcomes == {P: 2, F: 3, N: 1}
    assert dict(analysis.starters) == {"a": 6, "b": 5}
    assert found(analysis, "few learners") == []


def test_what_says_nothing_is_left_out(classes):
    """Skipped and broken checks count for nobody; a check that ran for nobody has no share."""
    analysis = analyse("basics", classes(a__one=[P, S, F, I], a__two=[S, S, S, S], a__x=[P] * 4))
    one, two, _x = analysis.items

    assert (one.judged, one.share) == (2, 0.5)
    assert (two.judged, two.share, two.discrimination) == (0, None, None)
    assert found(analysis, "broken") == [("a/one",)]


def test_checks_that_separate_nobody(classes):
    """All pass, or none does; of those who came to them."""
    analysis = analyse(
        "basics",
        classes(
            a__easy=[P, P, P, P, P, N],
            a__hard=[F, T, F, F, F, N],
            a__fine=[P, F, P, F, P, N],
            b__alone=[P, N, N, N, N, N],
        ),
    )

    assert found(analysis, "everyone passes") == [("a/easy",)]
    assert found(analysis, "nobody passes") == [("a/hard",)]
    (text,) = [f.text for f in analysis.findings if f.kind == "nobody passes"]
    assert "Nobody passes a/hard; 5 tried." == text


def test_checks_that_always_agree_are_grouped(classes):
    """Groups, not pairs; nothing is said of checks that end alike because nobody came to them."""
    analysis = analyse(
        "basics",
        classes(
            a__one=[P, F, P, F, N, P],
            a__two=[P, T, P, B, N, P],
            b__same=[P, F, P, F, P, P],
            a__three=[P, F, P, F, N, P],
            c__all=[P, P, P, P, P, P],
            c__every=[P, P, P, P, P, P],
        ),
    )

    assert found(analysis, "alike") == [("a/one", "a/two", "a/three")]


def test_a_check_that_good_learners_fail(classes):
    """Only if it is hardly chance: a weak negative correlation is no finding."""
    good = [[P] * 7 + [F] * 3 for _check in range(4)]
    columns = {f"a__good{number}": column for number, column in enumerate(good)}
    against = analyse("basics", classes(**columns, a__odd=[F] * 6 + [P] * 4))
    hardly = analyse("basics", classes(**columns, a__odd=[F, P, P, F, P, F, F, P, F, P]))

    assert found(against, "backwards") == [("a/odd",)]
    assert against.items[-1].discrimination == pytest.approx(-0.8018, abs=1e-4)
    assert hardly.items[-1].discrimination < 0
    assert found(hardly, "backwards") == []


def test_exercises_that_nobody_started_or_that_are_slow(classes):
    """Not a word on the single checks of what nobody wrote."""
    analysis = analyse(
        "basics",
        classes(
            a__one=[N] * 6,
            a__two=[N, B, N, N, N, N],
            b__one=[T, T, P, P, P, N],
            c__one=[T, P, P, P, P, P],
            gpu__one=[S] * 6,
        ),
    )

    assert found(analysis, "not started") == [("a",)]
    assert found(analysis, "timed out") == [("b",)]
    assert found(analysis, "nobody passes") == []
    assert "2 of the 5 who wrote b ran out of time." in [f.text for f in analysis.findings]


def test_a_small_class_is_told_so(classes):
    """Figures are given all the same, even for one learner."""
    one = analyse("basics", classes(a__one=[P], a__two=[F]))
    two = analyse("basics", classes(a__one=[P, F], a__two=[F, P]))

    assert found(one, "few learners") == [()]
    assert {finding.kind for finding in one.findings} == {"few learners"}
    assert [item.discrimination for item in two.items] == [-1, -1]
    assert found(two, "backwards") == []


def test_reports_on_different_checks_are_noticed(classes):
    """Someone was graded before a check was added."""
    same = classes(a__one=[P, F, P, P, F], a__two=[P, P, F, F, F])
    mixed = classes(a__one=[P, F, P, P, F], a__two=[P, None, F, F, F])

    assert found(analyse("basics", same), "different checks") == []
    assert found(analyse("basics", mixed), "different checks") == [()]


OUTCOMES = st.lists(st.sampled_from(Outcome), min_size=3, max_size=3)


@given(st.lists(OUTCOMES, min_size=1, max_size=8))
def test_any_class_can_be_analysed(rows):
    """Shares and correlations stay within their bounds, and everything can be shown."""
    names = ["a.test_0", "b.test_1", "b.test_2"]
    results = [
        made_result(*map(made_check, names, row), learner=str(number))
        for number, row in enumerate(rows)
    ]
    analysis = analyse("basics", results)

    for item in analysis.items:
        assert item.share is None or 0 <= item.share <= 1
        assert item.discrimination is None or abs(item.discrimination) <= 1 + 1e-9
        assert sum(item.outcomes.values()) == len(rows)
    assert json.loads(json.dumps(items_payload(analysis)))["learners"] == len(rows)
    assert "basics" in shown(analysis)


def shown(analysis, width=80):
    """Return what a screen shows."""
    console = Console(file=io.StringIO(), width=width)
    console.print(items_view(analysis))
    return console.file.getvalue()


def test_the_view(classes):
    """A row for each check below its exercise; findings of one kind share their advice."""
    results = classes(
        a__test_one=[P, P, F, F, N, P],
        a__test_two=[P, P, F, T, N, P],
        b__test_x=[F] * 6,
        b__test_y=[F] * 6,
    )
    text = shown(analyse("basics", results))

    assert "basics: 6 learners" in text
    assert re.search(r"│ a +│ +│ 5 wrote it │", text)
    assert re.search(r"│   test_two +│     3 / 6 │ █████      │   1\.00 │ timed out 1 │", text)
    assert 1 == text.count("Suspect the check first")
    assert "• Nobody passes b/test_x; 6 tried.\n" in text


def test_long_sentences_without_spaces_are_shown_whole(classes, monkeypatch):
    """As Chinese ones are."""
    monkeypatch.setattr("grader.report.item_statistics._", lambda text: "数" * 100 + text[-1])
    text = shown(analyse("basics", classes(a__one=[P], a__two=[F])))

    assert 200 == text.count("数")


def test_nothing_to_find(classes):
    """A class in which every check does its work is told so."""
    one, two, three = [P, P, P, F, P, F], [P, P, F, P, F, F], [P, F, P, F, F, F]
    text = shown(analyse("basics", classes(a__one=one, a__two=two, b__three=three)))

    assert "Nothing stands out." in text


def test_bars():
    """Ten columns; neither full nor empty unless it is true."""
    assert bar(0) == " " * 10
    assert bar(1) == "█" * 10
    assert bar(0.5) == "█████     "
    assert bar(0.001) == "▏         "
    assert bar(0.999) == "█" * 9 + "▉"
