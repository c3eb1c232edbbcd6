"""Tolerances follow what right solutions need, and the record is held to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.audit.calibration import calibrate
from grader.course.catalogue import Course
from grader.course.scaffold import new_course
from grader.course.tolerances import (
    precision_from,
    read_tolerances,
    stale,
    write_tolerances,
)
from grader.errors import AuthoringError

FAITHFUL = "def scale(x, factor):\n    return x * factor\n"
ROUGH = "def scale(x, factor):\n    return (x * factor) * (1 + 2e-10)\n"
WRONG = "def scale(x, factor):\n    return x * factor + (x[0] > 0)\n"
NOTHING = '''

@points(1)
def test_nothing(student):
    """Nothing is checked.

    zh: 什么也不检查。
    """
'''


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small course that works."""
    new_course(tmp_path / "course")
    return tmp_path / "course"


def accept(root: Path, text: str) -> None:
    """Add *text* to the accepted variants of the only assignment."""
    (assignment,) = Course.load(root).assignments
    path = Course.load(root).accepted_dir(assignment) / "another.py"
    path.write_text(f"# %%\nimport numpy as np\n\n{text}", encoding="utf-8")


def findings(root: Path, **more: object) -> list[str]:
    """Return what a calibration of the only assignment finds."""
    course = Course.load(root)
    _trials, found = calibrate(course, course.assignments[0], 3, **more)  # type: ignore[arg-type]
    return [str(one) for one in found]


def test_right_solutions_are_run_under_every_seed(root):
    """Each right solution to each exercise counts once for each seed."""
    course = Course.load(root)
    (assignment,) = course.assignments
    right = 1 + len(course.accepted(assignment))

    trials, found = calibrate(course, assignment, 3)

    assert (trials.runs, found) == (3 * right, [])
    assert set(trials.errors) == {"scale"}


def test_a_right_solution_that_a_seed_rejects_is_a_finding(root):
    """It names the check, the variant, and the seed to try again."""
    accept(root, WRONG)

    assert any("rejects another.py under 3 of 3 seeds" in what for what in findings(root))


def test_a_mistake_that_a_seed_lets_through_is_a_finding(root):
    """A check must catch the mistakes that name it under every seed."""
    course = Course.load(root)
    path = course.folder(course.assignments[0], "scale").mistakes
    text = path.read_text(encoding="utf-8")
    text = re.sub("(?m)^caught_by = .*", 'caught_by = ["test_nothing"]', text)
    path.write_text(text, encoding="utf-8")
    checks = course.folder(course.assignments[0], "scale").public
    checks.write_text(checks.read_text(encoding="utf-8") + NOTHING, encoding="utf-8")

    assert any("test_nothing misses scale/" in what for what in findings(root))


def test_a_rough_right_solution_needs_a_wider_tolerance_on_record(root):
    """Until it is recorded the audit complains; then checks allow twenty times as much."""
    accept(root, ROUGH)
    before = findings(root)
    written = findings(root, write=True)
    (assignment,) = Course.load(root).assignments
    ((dtype, allowed),) = assignment.exercise("scale").precision

    assert [what for what in before if "right solutions are off by" in what]
    assert written == []
    assert dtype == "float64"
    assert 4e-9 <= allowed <= 4.4e-9
    assert findings(root) == []


def test_a_record_far_above_what_is_seen_is_stale(root):
    """A tolerance that no right solution needs only lets mistakes through."""
    course = Course.load(root)
    path = course.folder(course.assignments[0], "scale").tolerances
    path.write_text("float64 = 1e-3\n", encoding="utf-8")

    (found,) = findings(root)
    assert "on record for float64" in found
    assert "--calibrate" in found


@pytest.mark.parametrize(
    "text",
    [
        "[scale]\nfloat64 = 1e-9\n",
        "float65 = 1e-9\n",
        "float64 = 'small'\n",
        "float64 = -1e-9\n",
        "float64 = nan\n",
        "float64 = 3\n",
    ],
)
def test_a_damaged_record_names_its_file(tmp_path, text):
    """The author learns which file, which line, and how to write it anew."""
    path = tmp_path / "tolerances.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(AuthoringError, match="--calibrate") as caught:
        read_tolerances(path)
    assert caught.value.path == path
    assert caught.value.line == 1


ERRORS = st.dictionaries(
    st.sampled_from(["float32", "float64"]), st.floats(0, 0.5, allow_subnormal=False), min_size=1
)


@given(errors=ERRORS)
def test_what_is_written_is_never_below_what_was_seen(errors, tmp_path_factory):
    """Rounding goes up, so the same measurement is never stale against its own record."""
    path = tmp_path_factory.mktemp("course") / "tolerances.toml"
    write_tolerances(path, errors)
    recorded = read_tolerances(path)

    assert all(errors[d] <= recorded[d] <= 1.2 * errors[d] + 1e-300 for d in errors)
    assert stale(recorded, errors) == ""


def test_small_errors_leave_the_usual_precision():
    """A calibration never makes a check stricter than the rule."""
    assert precision_from({"float64": 1e-16, "float32": 1e-7}) == ()
    assert precision_from({"float32": 1e-6}) == (("float32", pytest.approx(2e-5)),)
