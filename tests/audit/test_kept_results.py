from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from grader.audit.inputs_seen import InputsSeen
from grader.audit.kept_results import (
    CheckFacts,
    KeptResults,
    MutantVerdict,
    read_results,
    write_results,
)
from grader.audit.measurement import CheckEnd, Measurement
from grader.exercise import Text
from grader.outcome import Outcome


def _seen():
    found = InputsSeen()
    found.note({"x": np.ones((2, 2)), "rest": [0.5, "a", None]}, {"k": 3})
    return found


KNOWN = KeptResults(
    "f",
    [CheckFacts("test_values", Fraction(1, 3), Text("Right.", "正确。"), True, 7)],
    {
        "a": Measurement((CheckEnd("test_values", Outcome.FAILED, "Wrong."),), inputs=_seen()),
        "b": Measurement(errors={"float32": 1e-7}, chances={"test_values": 2}, applies=False),
    },
    {"c": MutantVerdict("broken", "test_x breaks (OSError)")},
)
LABEL = "warmup/scale"


def test_what_was_kept_is_read_again(tmp_path):
    """In one file for each exercise, in a directory that hides itself from git."""
    write_results(tmp_path, LABEL, KeptResults("old"))
    write_results(tmp_path, LABEL, KNOWN)

    assert read_results(tmp_path, LABEL, "f") == KNOWN
    assert read_results(tmp_path, "warmup/other", "f") == KeptResults("f")
    assert (tmp_path / ".gradproof/audit/warmup/scale.json").is_file()
    assert (tmp_path / ".gradproof/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_nothing_is_known_of_an_exercise_that_has_changed(tmp_path):
    """What was found holds for one fingerprint."""
    write_results(tmp_path, LABEL, KNOWN)

    assert read_results(tmp_path, LABEL, "g") == KeptResults("g")


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("broken", "forgiven"),
        lambda text: text.replace("audit-results/v1", "audit-results/v0"),
        lambda text: text.replace('"1/3"', '"1/0"'),
        lambda text: "[]",
        lambda text: "\0",
    ],
)
def test_a_damaged_or_old_file_counts_as_none(tmp_path, damage):
    """Everything is run again."""
    write_results(tmp_path, LABEL, KNOWN)
    path = tmp_path / f".gradproof/audit/{LABEL}.json"
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")

    assert read_results(tmp_path, LABEL, "f") == KeptResults("f")


def test_where_nothing_can_be_kept_nothing_is(tmp_path):
    """An audit does not fail for what it would keep."""
    (tmp_path / ".gradproof").write_text("a file in the way", encoding="utf-8")
    write_results(tmp_path, LABEL, KNOWN)

    assert read_results(tmp_path, LABEL, "f") == KeptResults("f")


def test_what_could_not_be_read_again_is_not_written(tmp_path):
    """A number of another library is a fault of the program, and not turned into a word."""
    errors = {"float32": np.float32(1e-7)}

    with pytest.raises(NotImplementedError, match="float32 cannot be kept"):
        write_results(tmp_path, LABEL, KeptResults("f", trials={"a": Measurement(errors=errors)}))
