"""Offences: answers that use what is forbidden must be told so, by name."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from grader.audit.measurement import CheckEnd
from grader.audit.offences import offence_finding, read_offences
from grader.course.exercise_folder import ExerciseFolder
from grader.exercise import Exercise, Text
from grader.outcome import Outcome

TOLD = "# told: numpy.convolve\nimport numpy as np\n\ndef f(x):\n    return np.convolve(x, x)\n"
FORBIDS = Exercise("f", Text("f", "f"), Fraction(1), forbidden=("convolution",))
FORBIDS_NOTHING = Exercise("f", Text("f", "f"), Fraction(1))


def findings(folder: Path, end: CheckEnd, exercise: Exercise = FORBIDS) -> list[str]:
    """Return what the audit finds wrong with the offences in *folder*."""
    offences, found = read_offences(exercise, ExerciseFolder(folder))
    found += filter(None, [offence_finding(offence, [end]) for offence in offences])
    return [str(one).removeprefix(f"{folder}/") for one in found]


def ends(outcome: Outcome, message: str) -> CheckEnd:
    """Return how the only check ends."""
    return CheckEnd("test_a", outcome, message)


@pytest.mark.parametrize(
    "message",
    ["f uses numpy.convolve, which this exercise asks you to write.", "f使用了numpy.convolve。"],
)
def test_an_offence_that_is_told_by_its_name_is_right(tmp_path, message):
    """Every check fails and says which name it was, in either language."""
    (tmp_path / "offence.py").write_text(TOLD, encoding="utf-8")

    assert findings(tmp_path, ends(Outcome.FAILED, message)) == []


@pytest.mark.parametrize(
    ("outcome", "message"),
    [
        (Outcome.PASSED, ""),
        (Outcome.FAILED, "The result has wrong values."),
        (Outcome.FAILED, "f uses numpy.convolve_many, which this exercise asks you to write."),
        (Outcome.FAILED, "f uses my.numpy.convolve, which this exercise asks you to write."),
        (Outcome.CRASHED, "numpy.convolve"),
    ],
)
def test_an_offence_that_is_not_told_is_a_finding(tmp_path, outcome, message):
    """It passes, fails for another reason, or another name is told."""
    (tmp_path / "offence_two.py").write_text(TOLD, encoding="utf-8")

    (found,) = findings(tmp_path, ends(outcome, message))
    but = " it passed" if outcome is Outcome.PASSED else f": {outcome.value}: {message}"
    said = f"offence_two.py:1: test_a must fail and report numpy.convolve, but{but}"
    assert found == said


def test_a_rule_without_an_offence_is_a_finding(tmp_path):
    """Nobody has seen it work."""
    (found,) = findings(tmp_path, ends(Outcome.PASSED, ""))

    assert found == "offence.py: f forbids names but has no offence; write a solution that uses one"


def test_an_offence_without_a_rule_is_a_finding(tmp_path):
    """It shows nothing."""
    (tmp_path / "offence.py").write_text(TOLD, encoding="utf-8")

    (found,) = findings(tmp_path, ends(Outcome.PASSED, ""), FORBIDS_NOTHING)
    assert found == "offence.py: f forbids nothing; remove this offence"


def test_an_offence_must_say_what_is_told(tmp_path):
    """On its first line."""
    (tmp_path / "offence.py").write_text("import numpy\n" + TOLD, encoding="utf-8")

    (found,) = findings(tmp_path, ends(Outcome.PASSED, ""))
    assert found.startswith("offence.py: the first line must give the name to report")
