"""A miniature assignment, graded without a course around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from grader import language
from grader.exercise import (
    HIDDEN_CHECKS,
    PUBLIC_CHECKS,
    Assignment,
    Chunk,
    Exercise,
    Limits,
    Submission,
    Text,
)
from grader.sandbox.reference import ReferenceChannel, load_reference_text
from grader.sandbox.zygote import Zygote
from grader.scoring.plan import Plan
from grader.submission.digest import digest

REFERENCE = """\
import numpy as np

def double(x):
    return 2 * x

def shrink(values, factor=0.5):
    values *= factor

def noise(n, p):
    return (np.random.random(n) < p).astype(float)
"""

DOUBLE = '''\
from grader.checks import assert_close, needs, points


@points(1)
def test_values(student, reference, draw):
    """Every entry is doubled.

    zh: 每个元素都加倍。
    """
    x = draw.normal(3, 4)
    assert_close(student.double(x), reference.double(x))


@points(1)
@needs("test_values")
def test_row(student, reference, draw):
    """A row is doubled.

    zh: 一行也加倍。
    """
    x = draw.normal(5)
    assert_close(student.double(x), reference.double(x))
'''

DOUBLE_HIDDEN = '''\
from grader.checks import assert_close, points


@points(1)
def test_large(student, reference, draw):
    """Large numbers are doubled.

    zh: 大数也加倍。
    """
    x = draw.uniform(701, 702, 3)
    assert_close(student.double(x), reference.double(x))
'''

SHRINK = '''\
from grader.checks import assert_close, points


@points(1)
def test_in_place(student, reference, draw):
    """The array itself shrinks.

    zh: 数组本身被缩小。
    """
    ours = draw.normal(4)
    theirs = ours.copy()
    reference.shrink(theirs, factor=0.25)
    assert student.shrink(ours, factor=0.25) is None
    assert_close(ours, theirs)
'''

NOISE = '''\
from grader.checks import as_array, assert_rate, points


@points(1)
def test_rate(student):
    """About the share p is one.

    zh: 约有比例p为一。
    """
    drawn = as_array(student.noise(2000, 0.25))
    assert_rate(int(drawn.sum()), 2000, 0.25, "A one")
    assert (drawn != as_array(student.noise(2000, 0.25))).any()
'''

FILES = {
    "double": DOUBLE,
    "double_hidden": DOUBLE_HIDDEN,
    "shrink": SHRINK,
    "noise": NOISE,
}
POINTS = {"double": 3, "shrink": 1, "noise": 1}


@dataclass(frozen=True)
class Mini:
    """A plan and what it is graded against."""

    plan: Plan
    reference: ReferenceChannel


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """Return a zygote for NumPy, shared by all tests."""
    with Zygote(("numpy",)) as zygote:
        yield zygote


@pytest.fixture
def mini(tmp_path: Path) -> Callable[..., Mini]:
    """Return a maker of the miniature assignment, with some files written otherwise."""

    def make(seconds: float = 5.0, device: str = "cpu", **files: str) -> Mini:
        root = tmp_path / "autograder_tests" / "mini"
        paths = []
        for name, text in (FILES | files).items():
            exercise = name.removesuffix("_hidden")
            paths.append(root / exercise / (PUBLIC_CHECKS if name == exercise else HIDDEN_CHECKS))
            paths[-1].parent.mkdir(parents=True, exist_ok=True)
            paths[-1].write_text(text, encoding="utf-8")
        exercises = tuple(
            Exercise(name, Text(name, name), Fraction(points), Limits(seconds))
            for name, points in POINTS.items()
        )
        assignment = Assignment("mini", Text("Mini", "迷你"), "numpy", exercises)
        reference = load_reference_text(REFERENCE, Path("reference.py"), "numpy")
        return Mini(Plan(assignment, 7, tuple(paths), tmp_path, device), reference)

    return make


def submission(text: str, name: str = "mine.py", framework: str = "numpy") -> Submission:
    """Return *text* as a submission."""
    identity = digest([(name, text.encode())])
    return Submission(name, (Chunk(name, text),), framework, identity)
