"""``gradproof show``: one page from which a lost point can be explained."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

import cli
from grader import language
from grader.errors import UsageError
from grader.grading import setup
from grader.grading.score import ScoreOptions, score, submissions_of
from grader.grading.show import show
from grader.report.learner_html import learner_html
from grader.report.learner_page import for_learner
from grader.sandbox.zygote import Zygote
from grader.submission.collect import collect

from ..warmup import RIGHT, made

CLASS = {
    "ada": RIGHT,
    "bob": RIGHT.replace("factor * x", "x * abs(factor)"),
    "dan": RIGHT.replace("return factor * x", "x *= factor\n    return x"),
    "eve": "\n",
    "finn": RIGHT.replace("return", "raise ValueError('<b>no</b>')\n    return"),
    "gus": "# framework: numpy\ndef scale(x, factor)\n",
    "ivy": RIGHT.replace("factor * x", "(factor * x)[None]"),
    "hal": "# framework: numpy\nimport numpy as np\nSIGN = 1\n\ndef size(x):\n"
    "    return SIGN * abs(x)\n\ndef plot(x):\n    return size(x)\n\n"
    "def scale(x, factor):\n    return factor * size(x)\n",
}


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch):
    """Speak English; leave PyTorch out of the zygotes."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda names, *more: Zygote(("numpy",), *more))
    yield
    language.use("en")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course whose class is scored; bob had handed in something else before."""
    folder = tmp_path_factory.mktemp("scored")
    language.use("en")
    course = made(folder / "course")
    for place, texts in (("first", {"bob": "def scale(x, f):\n    return x\n"}), ("last", CLASS)):
        for learner, text in texts.items():
            (folder / place / learner).mkdir(parents=True)
            (folder / place / learner / "warmup.py").write_text(text)
        collect(folder / place, "warmup", submissions_of(course))
    score(course, course.assignments[0], ScoreOptions())
    return course


def shown(course, *arguments):
    """Return what the command prints."""
    done = CliRunner().invoke(cli.main, ["show", *arguments, "--course", str(course.root)])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_page_has_the_code_what_came_back_and_what_was_expected(course):
    """With points check by check, hints, and what changed since the last version."""
    text = shown(course, "bob", "scale")

    for part in (
        "bob, Warm-up: 3 / 4 points",
        "     3      return x * abs(factor)",
        "✗ A negative factor changes every sign.  (0 / 1, failed)",
        "scale(float64[4], -0.5)",
        "What sign does -2 times 3 have?",
        "unchanged on return.  (1 / 1, hidden)",
        "-    return x\n",
        "+    return x * abs(factor)",
    ):
        assert part in text
    assert re.search(r"got: +\[.*\n +expected: \[", text)


def test_staff_see_the_values_of_hidden_checks(course):
    """Learners' reports do not have them."""
    text = shown(course, "dan", "warmup")

    assert re.search(r"hidden\)\n +\S.*\n(?:.*\n)*? +scale\(float64", text)


@pytest.mark.parametrize(
    ("learner", "part"),
    [
        ("finn", "▸    3      raise ValueError"),
        ("gus", "▸    2  def scale(x, factor)"),
        ("eve", "the file is empty"),
        ("ada", "ada, Warm-up: 4 / 4 points"),
    ],
)
def test_whatever_was_handed_in_is_shown(course, learner, part):
    """The line that an error names is marked, in code that is no Python, too."""
    assert part in shown(course, learner)


def test_what_the_code_uses_is_shown_below_it(course):
    """Functions and constants, with their lines; nothing that only stands in the same file."""
    text = shown(course, "hal", "scale")

    assert re.search(r"    11  def scale.*\n.*\n     3  SIGN = 1\n     5  def size", text)
    assert "plot" not in text


def test_a_reason_that_checks_share_is_told_once(course):
    """Each shows its own call: what fails on one input might not on another."""
    text = shown(course, "finn")

    assert 1 == len(re.findall("^ +scale raised ValueError", text, re.MULTILINE))
    assert "The reason is as above.\n      scale(float64[" in text


def test_messages_of_hidden_checks_name_values_for_staff(course):
    """Reports leave them out."""
    text = " ".join(shown(course, "hal", "scale").split())

    assert re.search(r"hidden\) This cannot be judged before .* entries differ", text)


def test_a_page_has_no_script_and_shows_learners_text_as_text(course, tmp_path):
    """It can be sent to a colleague; only its owner can read it."""
    target = tmp_path / "finn.html"
    shown(course, "finn", "--to", str(target))
    html = target.read_text("utf-8")

    assert "&lt;b&gt;no&lt;/b&gt;" in html and "<b>no" not in html
    assert "<script" not in html and 'class="named"' in html
    assert target.stat().st_mode & 0o077 == 0


def test_the_statement_can_be_read_beside_the_code(course, tmp_path):
    """Folded on the page; a terminal is told where it stands, and the reference below it."""
    place = "solutions/warmup/warmup.py:11"
    target = tmp_path / "bob.html"
    shown(course, "bob", "--to", str(target))
    told = target.read_text("utf-8").partition("<details>")[2].partition("</details>")[0]

    assert f"Statement and reference: {place}\n" in shown(course, "bob")
    assert place in told and "must be unchanged on return." in told
    page = show(course, "bob")
    assert "must be unchanged on return." not in learner_html(for_learner(page))
    language.use("zh")
    assert "函数返回后" in show(course, "bob").exercises[0].stated.text


def test_a_page_is_in_the_language_of_the_run(course):
    """Also what the browser is told, and what the report says in the other one."""
    for learner, english in (("bob", "A negative factor"), ("ivy", "but the shape is not")):
        there = show(course, learner)
        language.use("zh")
        here = show(course, learner)
        html = learner_html(here)
        language.use("en")

        assert '<html lang="zh">' in html and english not in html
        assert english in learner_html(there)
        for ours, theirs in zip(here.report.checks, there.report.checks, strict=True):
            assert (ours.points, bool(ours.message)) == (theirs.points, bool(theirs.message))
            assert not ours.message or ours.message != theirs.message


@pytest.mark.parametrize(
    ("learner", "asked", "said"),
    [
        ("bop", "", "There is no report of bop. Did you mean bob?"),
        ("zoe", "scale", "There is no report of zoe. Score first"),
        ("bob", "scales", "no exercise scales; choose from scale"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(course, learner, asked, said):
    """A sentence, and no page."""
    with pytest.raises(UsageError, match=re.escape(said)):
        show(course, learner, asked)
