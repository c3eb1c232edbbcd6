from __future__ import annotations

import pytest

from grader.course import audit as module
from grader.course.audit import audit_assignment, audit_course
from grader.course.catalogue import Course
from grader.course.scaffold import new_exercise
from grader.course.sync import sync
from grader.errors import AuthoringError
from grader.submission.sandbox import Zygote

from .warmup import CHECKS, SOURCE, edited, made


@pytest.fixture(scope="module")
def walls():
    """Return a zygote for NumPy, shared by the tests of this module."""
    with Zygote(("numpy",)) as zygote:
        yield zygote


@pytest.fixture
def warmup(tmp_path):
    """Return a fresh course."""
    return made(tmp_path / "course")


@pytest.fixture
def audit(walls):
    """Return a function that audits the course's only assignment."""

    def audit(course):
        return audit_assignment(course, course.assignments[0], walls)

    return audit


def findings(audited, root):
    """Return each finding as ``path:line: what``, the path relative to the course."""
    return [str(finding).removeprefix(f"{root}/") for finding in audited.findings]


@pytest.fixture
def quick(walls, monkeypatch):
    """Let a whole audit use the shared zygote."""

    class Shared:
        def __init__(self, frameworks, walled):
            pass

        def __enter__(self):
            return walls

        def __exit__(self, *exception):
            pass

    monkeypatch.setattr(module, "Zygote", Shared)


def test_a_fresh_course_audits_clean(warmup, quick):
    """What the scaffold makes is right, and the audit says what it looked at."""
    steps = []
    whole = audit_course(warmup, ["warmup"], steps.append)

    assert whole.findings == []
    assert whole.rows() == [("warmup", 1, 3, 3, 2, 0)]
    assert whole.payload() == {
        "schema": "gradproof/audit/v1",
        "assignments": [
            {
                "assignment": "warmup",
                "exercises": 1,
                "checks": 3,
                "mistakes": 3,
                "accepted": 2,
                "findings": 0,
                "caught": {
                    "scale/added": ("test_values", "test_negative_factor", "test_input_unchanged"),
                    "scale/size_only": ("test_negative_factor",),
                    "scale/in_place": ("test_input_unchanged",),
                },
            }
        ],
        "mutations": [],
        "findings": [],
    }
    assert {"warmup: the reference", "warmup: the starter", "warmup: scale/added"} <= set(steps)


@pytest.mark.parametrize("assignment", ["warmup", "later"])
def test_a_new_exercise_has_only_words_left_to_write(warmup, quick, assignment):
    """Everything that the audit finds in it is a line that says what to write."""
    done = new_exercise(warmup, assignment, "shift")
    course = Course.load(warmup.root)
    sync(course, write=True)
    whole = audit_course(course, [a.name for a in course.assignments], lambda step: None)

    assert {finding.what for finding in whole.findings} == {"is left to write"}
    places = [f"{finding.path}:{finding.line}" for finding in whole.findings]
    left = [entry.rpartition(": ")[0] for entry in done.left_to_write]
    assert sorted(places) == sorted(dict.fromkeys(left))


def test_stale_and_stray_starters_are_found(warmup, quick):
    """Starters are what their sources make of them, and nothing else lies there."""
    starter = warmup.root / "assignments/warmup/warmup.py"
    starter.write_text(starter.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    (starter.parent / "old.py").touch()
    whole = audit_course(warmup, [], lambda step: None)

    assert findings(whole, warmup.root) == [
        "assignments/warmup/warmup.py: is stale; run `gradproof sync`",
        "assignments/warmup/old.py: is made by no source; remove it",
    ]


HIDDEN = f"{CHECKS}/test_scale_hidden.py"
PUBLIC = f"{CHECKS}/test_scale.py"
MISTAKES = f"{CHECKS}/mistakes.toml"


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        (
            "assignments/course.toml",
            "points = 4",
            "points = 5",
            "assignments/course.toml: scale is worth 5 points, its checks give 4",
        ),
        (
            MISTAKES,
            'caught_by = ["test_negative_factor"]',
            'caught_by = ["test_negative_factor", "test_sign"]',
            f"{MISTAKES}:9: scale/size_only names test_sign, which is no check",
        ),
        (
            MISTAKES,
            'caught_by = ["test_negative_factor"]',
            'caught_by = ["test_values"]',
            f"{MISTAKES}:9: scale/size_only is caught by ['test_negative_factor'], "
            "but names ['test_values']",
        ),
        (
            MISTAKES,
            'with = "x * abs(factor)"',
            'with = "factor * x"',
            f"{MISTAKES}:9: scale/size_only is caught by no check",
        ),
        (
            PUBLIC,
            "-0.5), expected)",
            "-0.5), expected, scale=1e12)",
            f"{PUBLIC}:15: test_negative_factor catches no known mistake",
        ),
        (
            "solutions/warmup/accepted/loop.py",
            "x[index] * factor",
            "x[index] * factor * 1.001",
            f"{PUBLIC}:4: loop.py: scale must pass test_values, but: failed: "
            "The result has wrong values.",
        ),
        (
            "solutions/warmup/accepted/loop.py",
            "def scale(",
            "def scales(",
            "solutions/warmup/accepted: scale has 1 accepted variants; write 2",
        ),
        (
            HIDDEN,
            "    assert_close(student.scale(x, 3.0), reference.scale(before, 3.0))\n",
            "    student.scale(x, 3.0)\n",
            f"{HIDDEN}:4: test_input_unchanged gives 1 points to a function that returns None",
        ),
        (
            PUBLIC,
            "    expected = reference.scale(x, 2.5)\n",
            "    expected = reference.scale(x, 2.51)\n",
            f"{PUBLIC}:4: the reference must pass test_values, but: failed: The result has wrong",
        ),
        (
            PUBLIC,
            "    x = draw.normal(3, 5)\n",
            "    x = draw.normal(3, 5)\n    return\n",
            f"{PUBLIC}:4: test_values: the starter must end 'not implemented', not 'passed'",
        ),
        (
            PUBLIC,
            "    assert_close(student.scale(x, 2.5), expected)\n",
            "    if student.scale(x, 2.5) is None:\n        raise OSError\n"
            "    assert_close(student.scale(x, 2.5), expected)\n",
            f"{PUBLIC}:4: test_values breaks on returns None: This is not your fault",
        ),
        (
            HIDDEN,
            "return.\n",
            "return. Write here: more\n",
            f"{HIDDEN}:6: is left to write",
        ),
        (
            SOURCE,
            "# 返回将",
            "# Write here: 返回将",
            f"{SOURCE}:15: is left to write",
        ),
    ],
)
def test_each_fault_is_found(warmup, audit, name, old, new, found):
    """With the file to open and the line in it."""
    course = edited(warmup, name, old, new)
    if name == SOURCE:
        sync(course, write=True)

    assert any(text.startswith(found) for text in findings(audit(course), course.root))


def test_too_few_mistakes_are_found(warmup, audit):
    """Three for each exercise; none at all is said too."""
    path = warmup.root / MISTAKES
    path.write_text("", encoding="utf-8")
    found = findings(audit(warmup), warmup.root)

    assert f"{MISTAKES}: scale has 0 known mistakes; write 3" in found
    assert f"{PUBLIC}:4: test_values catches no known mistake" in found


def test_files_of_no_exercise_and_missing_ones_are_found(warmup, audit):
    """What nobody runs looks as if it were run."""
    (warmup.root / CHECKS / "test_scales.py").touch()
    (warmup.root / HIDDEN).unlink()
    (warmup.root / CHECKS / "__pycache__").mkdir()
    (warmup.root / CHECKS / ".DS_Store").touch()
    found = findings(audit(warmup), warmup.root)

    assert f"{CHECKS}/test_scales.py: belongs to no exercise; rename or remove it" in found
    assert f"{HIDDEN}: is missing" in found
    assert not [text for text in found if "pycache" in text or "DS_Store" in text]


def test_an_accepted_variant_that_cannot_be_read_is_found(warmup, audit):
    """It stops nothing else."""
    path = warmup.root / "solutions/warmup/accepted/empty.py"
    path.write_text("", encoding="utf-8")

    (found,) = findings(audit(warmup), warmup.root)
    assert found.startswith("solutions/warmup/accepted/empty.py: empty.py: the file is empty")


def test_what_cannot_be_audited_is_an_error(warmup, audit):
    """A check without points, or a mistake that is no edit, stops the audit with its place."""
    broken = edited(warmup, HIDDEN, "@points(1)\n", "")

    with pytest.raises(AuthoringError, match="test_input_unchanged has no points") as caught:
        audit(broken)
    assert (caught.value.path, caught.value.line) == (warmup.root / HIDDEN, 4)
