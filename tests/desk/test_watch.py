from __future__ import annotations

import os

import pytest

from grader.desk.watch import Watching
from grader.errors import SubmissionError
from grader.exercise import Chunk, Submission
from grader.outcome import Outcome
from grader.submission.needed_code import needed_code

RIGHT = "def scale(x, factor):\n    return x * factor\n"


@pytest.fixture
def watching(kit):
    """Return a look at the kit's module."""
    (kit.directory / "warmup.ipynb").unlink()
    watching = Watching(kit)
    yield watching
    watching.close()


def saved(kit, text, at, name="warmup.py"):
    """Save *text*, dated *at*."""
    path = kit.directory / name
    path.write_text(text)
    os.utime(path, (at, at))


def outcomes(seen):
    """Return the outcome of each check."""
    return [check.outcome for check in seen.result.checks]


def test_what_changes_is_checked_again(kit, watching):
    """The first look checks all; later ones what has changed: code, or a module beside it."""
    saved(kit, "from times import times\ndef scale(x, factor):\n    return times(x, 2)\n", 1)
    saved(kit, "def times(x, y):\n    return x * y\n", 1, "times.py")
    first = watching.look()
    nothing = watching.look()
    saved(kit, "from times import times\ndef scale(x, factor):\n    return times(x, factor)\n", 2)
    second = watching.look()
    saved(kit, "def times(x, y):\n    return 0\n", 3, "times.py")
    third = watching.look()

    assert ([Outcome.FAILED] * 2, None) == (outcomes(first), nothing)
    assert [Outcome.PASSED] * 2 == outcomes(second)
    assert [Outcome.FAILED] * 2 == outcomes(third)


def test_a_changed_copy_of_a_given_file_is_told(kit, watching):
    """It is the original that counts at grading; line ends make no difference."""
    original = kit.directory / ".gradproof/files/tables.py"
    original.parent.mkdir()
    original.write_bytes(b"ONE = 1\n")
    (kit.directory / "tables.py").write_bytes(b"ONE = 1\r\n")
    saved(kit, RIGHT, 1)
    same = watching.look()
    (kit.directory / "tables.py").write_bytes(b"ONE = 2\n")
    changed = watching.look()
    saved(kit, "from tables import ONE\ndef scale(x, factor):\n    return x * factor * ONE\n", 2)
    used = watching.look()

    assert same.result.notes == ()
    assert "checked and graded with the original: tables.py" in changed.result.notes[0]
    assert [Outcome.PASSED] * 2 == outcomes(used)


def test_what_changes_nothing_is_not_checked(kit, watching):
    """A comment, a plot, the same bytes saved again."""
    saved(kit, RIGHT, 1)
    assert [Outcome.PASSED] * 2 == outcomes(watching.look())
    for at, text in enumerate((RIGHT, "# what\n" + RIGHT, RIGHT + "\nprint(1)\n"), 2):
        saved(kit, text, at)
        assert watching.look() is None


def test_a_file_that_cannot_be_read_is_told_once(kit, watching):
    """And looked at again when it is saved."""
    saved(kit, "", 1)
    with pytest.raises(SubmissionError, match="the file is empty"):
        watching.look()
    assert watching.look() is None
    saved(kit, RIGHT, 2)

    assert [Outcome.PASSED] * 2 == outcomes(watching.look())


def test_a_file_that_an_editor_is_replacing_is_waited_for(kit):
    """Some save by way of another name; the untouched notebook is not what was changed."""
    os.utime(kit.directory / "warmup.ipynb", (1, 1))
    watching = Watching(kit)
    saved(kit, RIGHT, 2)
    assert [Outcome.PASSED] * 2 == outcomes(watching.look())
    (kit.directory / "warmup.py").unlink()
    assert watching.look() is None
    saved(kit, RIGHT.replace("factor\n", "2\n"), 3)
    assert [Outcome.FAILED] * 2 == outcomes(watching.look())
    watching.close()


def test_a_file_that_stays_away_gives_way_to_the_other_one(kit):
    """After some looks."""
    os.utime(kit.directory / "warmup.ipynb", (1, 1))
    watching = Watching(kit)
    saved(kit, RIGHT, 2)
    watching.look()
    (kit.directory / "warmup.py").unlink()
    seen = [watching.look() for _ in range(8)]
    watching.close()

    assert ["warmup.ipynb"] == [one.result.submission for one in seen if one]


def test_a_file_that_is_gone_is_told_once(kit, watching):
    """However often it is looked for; when it is back, it is checked."""
    saved(kit, RIGHT, 1)
    watching.look()
    (kit.directory / "warmup.py").unlink()
    told = []
    for _ in range(20):
        try:
            assert watching.look() is None
        except SubmissionError as error:
            told.append(str(error))
    saved(kit, RIGHT + "\n\ndef other():\n    return scale\n", 2)

    assert 1 == len(told) and "there is no .py or .ipynb file" in told[0]
    assert watching.look() is None
    saved(kit, RIGHT.replace("factor\n", "2\n"), 3)
    assert [Outcome.FAILED] * 2 == outcomes(watching.look())


def test_an_exercise_is_what_its_function_needs():
    """Its own code, what that uses, and what of it cannot be read."""
    one = "def f(x):\n    return g(x)\n"
    other = "def h(x):\n    return 1\n"

    def parts(*texts):
        chunks = tuple(Chunk("a", text) for text in texts)
        return needed_code(Submission("a", chunks, "numpy", ""), ["f", "h"])

    base = parts(one, "def g(x):\n    return x\n", other)
    helper = parts(one, "def g(x):\n    return -x\n", other)
    broken = parts(one, "def g(x):\n    return x\n", "def h(x:\n    return 1\n")

    assert base["f"] != helper["f"] and base["h"] == helper["h"]
    assert base["f"] == broken["f"] and base["h"] != broken["h"]
