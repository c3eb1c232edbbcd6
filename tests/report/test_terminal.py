from __future__ import annotations

import io

import pytest
from rich.console import Console

from grader.outcome import Isolation, Outcome
from grader.report.terminal import class_table, result_view


def shown(view, width=80):
    """Return what *view* looks like on a screen *width* characters wide, without colours."""
    console = Console(file=io.StringIO(), width=width, highlight=False)
    console.print(view)
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())


@pytest.fixture
def one(check, result):
    """A learner with trouble in one of two exercises."""
    return result(
        check("synthetic_data.test_values", Outcome.FAILED, 6),
        check("normal_equation.test_values", Outcome.PASSED, 8),
    )


def test_a_wide_screen_shows_points_by_exercise(one):
    """There is a column for every exercise where that leaves room for what went wrong."""
    text = shown(class_table([one], 120), 120)

    assert (
        "│ ada     │              0 │               8 │ 8 / 14 │ synthetic_data: failed │" in text
    )


def test_a_narrow_screen_shows_what_went_wrong_instead(one):
    """Exercises are named only where there is trouble; no name is cut."""
    text = shown(class_table([one], 50), 50)

    assert "normal_equation" not in text
    assert "│ ada     │ 8 / 14 │ synthetic_data: failed │" in text


def test_a_long_sentence_goes_on_below_itself(check, result):
    """The second line stands under the first, so that marks stay easy to find."""
    view = result_view(result(check("f.test_a", Outcome.FAILED, 1, sentence="word " * 9)))

    assert "  ✗ word word word word\n    word word word word" in shown(view, 26)


def test_a_long_sentence_in_chinese_is_shown_to_its_end(check, result):
    """It has no spaces, and yet it goes on in the next line."""
    sentence = "每个元素是其指数在所在行的指数之和中所占的比例。"
    view = result_view(result(check("f.test_a", Outcome.FAILED, 1, sentence=sentence)))

    assert sentence in shown(view, 30).replace("\n", "").replace(" ", "")


def test_a_message_is_said_once(check, result):
    """Several checks that ended for one reason do not repeat it."""
    checks = [check(f"f.test_{n}", Outcome.NOT_IMPLEMENTED, 1, message="not yet") for n in "ab"]

    assert shown(result_view(result(*checks))).count("not yet") == 1


def test_hints_come_step_by_step(check, result):
    """A learner sees some of them and how to see the next; an instructor sees all."""
    made = result(check("f.test_a", Outcome.FAILED, hints=("What.", "Where.", "How?")))
    hint = "      Hint: {}\n".format
    following = "      Next hint: gradproof check f --steps {}\n".format

    assert hint("What.") + following(2) + "Score" in shown(result_view(made, 1))
    assert hint("What.") + hint("Where.") + following(3) in shown(result_view(made, 2))
    for steps in (3, 4, None):
        text = shown(result_view(made, steps))
        assert hint("What.") + hint("Where.") + hint("How?") + "Score" in text


def test_missing_walls_and_a_missing_grade_are_said(check, result):
    """What an instructor must not overlook stands at the end."""
    isolation = Isolation("process", {"bubblewrap": False}, "WEAK ISOLATION: no walls")
    text = shown(result_view(result(check("f.test_a", Outcome.INTERNAL), isolation=isolation)))

    assert "Score: 0 / 1  not a final grade\nWEAK ISOLATION: no walls\n" in text
