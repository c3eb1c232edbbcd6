"""What ``gradproof check`` shows in a terminal of 80 × 24."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction

import pytest
from rich.console import Console

from grader.exercise import Source, Text
from grader.outcome import Outcome
from grader.report.desk_view import Desk, desk_view
from grader.report.standing import Standing

PASSED, FAILED, UNWRITTEN = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_IMPLEMENTED
DESK = Desk(
    {name: Fraction(4) for name in ("linreg", "sgd", "relu", "softmax")},
    {"linreg": (Text("X is unchanged on return.", "函数返回后X保持不变。"),)},
)


def shown(result, desk=DESK, at_hand="sgd", full=()):
    """Return what a learner sees, line by line."""
    console = Console(file=io.StringIO(), width=80, highlight=False)
    console.print(desk_view(result, desk, Standing(1, 4, at_hand), 1, full))
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


@pytest.fixture
def begun(check, result):
    """Return a result with one exercise right, two wrong and one as in the starter."""
    made = result(
        check("linreg.test_a", PASSED, 1),
        check("linreg.test_b", PASSED, 2),
        check("sgd.test_a", PASSED, 1),
        check("sgd.test_b", FAILED, 1, message="Too large.", hints=("Divide.", "By what?")),
        check("relu.test_a", FAILED, 1, message="Negative numbers stay."),
        check("softmax.test_a", UNWRITTEN, 1, message="softmax is not written yet."),
    )
    *others, blank = made.exercises
    return replace(made, exercises=(*others, replace(blank, source=Source("a.py", "", "blank"))))


def test_the_exercise_at_hand_is_shown_in_full_and_last(begun):
    """What passed and what fails takes a line, what is not written takes one together."""
    assert [
        "✓ linreg  3 / 3",
        "✗ relu  0 / 1  The sentence of test_a.",
        "· Not written yet: softmax",
        "",
        "sgd  1 / 2, and 2 in hidden checks",
        "  ✓ The sentence of test_a.",
        "  ✗ The sentence of test_b.  (failed)",
        "      Too large.",
        "      Hint: Divide.",
        "      Next hint: gradproof check sgd --steps 2",
        "",
        "Public checks: 4 / 7; 9 more in hidden checks.",
        "1 of 4 exercises pass. Next: sgd.",
    ] == shown(begun)


def test_what_was_asked_for_is_shown_in_full_instead(begun):
    """With what hidden checks look at beside, once the public ones pass."""
    lines = shown(begun, full=("linreg",))

    start = lines.index("linreg  3 / 3, and 1 in hidden checks")
    assert ["  Hidden checks also look at this:", "  ? X is unchanged on return."] == lines[
        start + 3 : start + 5
    ]
    assert "✗ sgd  1 / 2  The sentence of test_b." in lines
    assert not any("look at" in line for line in shown(begun, full=("sgd",)))


def test_a_function_that_is_missing_is_not_merely_unwritten(check, result):
    """What is wrong is said: it may have another name."""
    message = "There is no function or class called relu."
    made = result(
        check("sgd.test_a", FAILED, 1), check("relu.test_a", UNWRITTEN, 1, message=message)
    )

    assert f"· relu  0 / 1  {message}" in shown(made)


def test_of_some_exercises_no_total_is_claimed(check, result):
    """Hidden points of exercises that were not checked do not count."""
    made = result(check("sgd.test_a", PASSED, 1))

    assert "Public checks: 1 / 1" in shown(made, full=("sgd",))


def test_a_kit_without_hidden_checks_promises_none(begun):
    """Neither points nor sentences."""
    text = "\n".join(shown(begun, Desk()))

    assert "hidden" not in text and "\nsgd  1 / 2\n" in text


def test_what_several_checks_would_say_is_said_once(check, result):
    """Hints, how to see more, and an error at one line of code, whatever numbers it names."""
    error = "sgd raised ValueError: {} is too large\n  sgd.py, line 3: raise ValueError"
    hints = ("Divide.", "By what?")
    made = result(
        check("sgd.test_a", FAILED, 1, message=error.format(1), hints=hints),
        check("sgd.test_b", FAILED, 1, message=error.format(22), hints=hints),
        check("sgd.test_c", FAILED, 1, message="3 of 4 differ.", hints=("Other.", "More.")),
        check("sgd.test_d", FAILED, 1, message="5 of 6 differ.", hints=hints),
    )

    assert [
        "      sgd raised ValueError: 1 is too large",
        "        sgd.py, line 3: raise ValueError",
        "      Hint: Divide.",
        "      Next hint: gradproof check sgd --steps 2",
        "      3 of 4 differ.",
        "      Hint: Other.",
        "      5 of 6 differ.",
    ] == [line for line in shown(made) if line.startswith("      ")]


@pytest.mark.parametrize(
    ("room", "first"),
    [
        (15, "✓ linreg  3 / 3"),
        (13, "✓ linreg"),
        (9, "sgd  1 / 2, and 2 in hidden checks"),
    ],
)
def test_a_screen_with_little_room_still_shows_what_is_at_hand(begun, room, first):
    """Of the other exercises it shows only names, then nothing; at last it says what is cut off."""
    made = replace(begun, exercises=(begun.exercises[0], *begun.exercises))
    console = Console(file=io.StringIO(), width=80, highlight=False)
    view = desk_view(made, DESK, Standing(1, 4, "sgd"), 1)
    heights = {}
    for lines in range(5, 20):
        console.file = io.StringIO()
        console.print(view.within(lines, console))
        heights[lines] = console.file.getvalue().splitlines()

    assert all(len(seen) <= lines for lines, seen in heights.items())
    assert all(seen[-1] == "1 of 4 exercises pass. Next: sgd." for seen in heights.values())
    assert heights[room][0].rstrip() == first
    assert ["sgd  1 / 2, and 2 in hidden checks", "… 5 more lines"] == heights[5][:2]
