from __future__ import annotations

import pytest

from grader.desk.hint import next_hint
from grader.desk.progress import Progress
from grader.errors import UsageError
from grader.kit.kit import HOME

RIGHT = "def scale(x, factor):\n    return x * factor\n"
TWICE = "def scale(x, factor):\n    return x * abs(factor)\n"


def saved(kit, text):
    """Save *text* and return its path."""
    path = kit.directory / "mine.py"
    path.write_text(text)
    return path


def test_each_time_tells_one_step_more(kit):
    """Up to the last one, which stays; a new kit begins anew."""
    path = saved(kit, TWICE)
    hints = [next_hint(kit, "scale", path) for _ in range(3)]

    assert "test_negative_factor" == hints[0].check.name
    assert [1, 2, 2] == [len(hint.steps) for hint in hints]
    assert [True, False, False] == [hint.more for hint in hints]
    assert "What sign does -2 times 3 have?" == hints[1].steps[-1]
    (kit.directory / HOME / "progress.json").unlink()
    assert 1 == len(next_hint(kit, None, path).steps)


def test_hints_begin_anew_when_a_check_has_passed(kit):
    """What fails again may fail in another way."""
    for text, steps in ((TWICE, 1), (TWICE, 2), (RIGHT, 0), (TWICE, 1)):
        assert steps == len(next_hint(kit, None, saved(kit, text)).steps)


def test_without_a_failure_there_is_no_hint(kit):
    """It is noted that all is well."""
    hint = next_hint(kit, "scale", saved(kit, RIGHT))

    assert (None, ()) == (hint.check, hint.steps)
    assert Progress.of(kit).finished("scale")


def test_what_is_not_written_has_no_hint(kit):
    """Nothing came back that a hint could be about."""
    hint = next_hint(kit)

    assert ("scale", (), False) == (hint.exercise, hint.steps, hint.more)
    with pytest.raises(UsageError, match="no exercise scales"):
        next_hint(kit, "scales")
