"""Which exercises the code of each exercise may call."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.exercise import Chunk, Submission
from grader.submission.calls import calls_between, unwritten

NAMES = ("one", "two", "three")


def read(text: str, **files: str) -> Submission:
    """Return a submission of one file and modules beside it."""
    modules = tuple((f"{name}.py", content.encode()) for name, content in files.items())
    return Submission("mine.py", (Chunk("mine.py", text),), "numpy", "", modules)


ONE = "def one(x):\n    return x\n"
PART = ONE + "def helper(x):\n    return one(x)\n"


@pytest.mark.parametrize(
    ("text", "files", "called"),
    [
        (ONE + "def two(x):\n    return one(x)\n", {}, {"one"}),
        (ONE + "def help(x):\n    return one(x)\ndef two(x):\n    return help(x)\n", {}, {"one"}),
        (ONE + "first = one\ndef two(x):\n    return first(x)\n", {}, {"one"}),
        (ONE + "def two(x):\n    one = x\n    return one\n", {}, set()),
        (ONE + "def two(x):\n    return one(x)\ndef two(x):\n    return x\n", {}, set()),
        ("import torch\ndef two(x):\n    return torch.one(x)\n", {"part": PART}, set()),
        ("from part import helper\ndef two(x):\n    return helper(x)\n", {"part": PART}, {"one"}),
        ("import part\ndef two(x):\n    return part.one(x)\n", {"part": PART}, {"one"}),
        ("def two(x):\n    from part import one as f\n    return f(x)\n", {"part": PART}, {"one"}),
        (
            "def two(x):\n    return three(x)\ndef three(x):\n    return one(x)\n",
            {},
            {"one", "three"},
        ),
        ("def two(x:\n", {}, set()),
    ],
)
def test_calls_are_followed(text: str, files: dict[str, str], called: set[str]) -> None:
    """Through helpers, aliases and modules, to the last definition of each name."""
    assert calls_between(read(text, **files), NAMES)["two"] == called


def test_a_circle_is_seen_from_both_sides() -> None:
    """Each calls the other."""
    text = "def one(x):\n    return two(x)\ndef two(x):\n    return one(x)\n"

    assert calls_between(read(text), NAMES) == {
        "one": {"two"},
        "two": {"one"},
        "three": frozenset(),
    }


def test_each_exercise_is_read_in_its_own_file() -> None:
    """Several files may be the main one for some exercises."""
    other = read("def two(x):\n    return one(x)\n")
    mine = replace(read(ONE), elsewhere={"two": other})

    assert calls_between(mine, NAMES)["two"] == {"one"}
    assert calls_between(mine, NAMES)["one"] == frozenset()


def test_empty_definitions_are_not_written() -> None:
    """A starter that is still empty is not, one that was filled in above it is."""
    stub = "def one(x):\n    raise NotImplementedError\n"

    assert unwritten(read(stub + "def two(x):\n    return 1\n"), NAMES) == {"one"}
    assert unwritten(read(ONE + stub), NAMES) == frozenset()
