from __future__ import annotations

import pytest

from grader.audit.mutant_verdicts import Verdict, Verdicts

KNOWN = {
    "a": Verdict("killed"),
    "b": Verdict("survived"),
    "c": Verdict("broken", "test_x breaks (OSError)"),
}


@pytest.fixture
def kept(tmp_path):
    """Return the verdicts of an assignment, of which none are known."""
    return Verdicts(tmp_path, "warmup")


def test_what_was_kept_is_read_again(kept, tmp_path):
    """Only the last run's verdicts, in one file for each assignment."""
    kept.write({"old": Verdict("killed")})
    kept.write(KNOWN)

    assert kept.read() == KNOWN
    assert Verdicts(tmp_path, "other").read() == {}
    assert [path.name for path in kept.path.parent.iterdir()] == ["warmup.json"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("killed", "forgiven"),
        lambda text: text.replace("mutants/v1", "mutants/v0"),
        lambda text: "[]",
        lambda text: "\0",
    ],
)
def test_a_damaged_or_old_file_is_as_good_as_none(kept, damage):
    """Everything is graded again."""
    kept.write(KNOWN)
    kept.path.write_text(damage(kept.path.read_text(encoding="utf-8")), encoding="utf-8")

    assert kept.read() == {}


def test_where_nothing_can_be_kept_nothing_is(kept, tmp_path):
    """An audit does not fail for its cache."""
    (tmp_path / ".gradproof").write_text("a file in the way", encoding="utf-8")
    kept.write(KNOWN)

    assert kept.read() == {}
