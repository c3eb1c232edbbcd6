from __future__ import annotations

import re

import pytest

from grader.audit.course_audit import AuditOptions, audit
from grader.audit.findings import silent
from grader.audit.record import record
from grader.course.catalogue import Course
from grader.exercise import Mistake, Text

from ..warmup import CHECKS, edited

MISTAKES = f"{CHECKS}/mistakes.toml"
BEFORE = """\
# -- of shape -----------

[[mistake]]
name = "rows"  # the usual one
replace = "axis=1"
with = "axis=0"
hint = { en = "Which axis?", zh = "哪一轴？" }

[[mistake]]
name = "sum"
replace = "mean"
with = "sum"
caught_by = ["test_values"]
hint = { en = "Divided by what?", zh = "除以什么？" }

# -- of dtype -----------

[[mistake]]
name = "cast"
replace = "x"
with = "float(x)"
caught_by = ["test_b", "test_a"]
hint = { en = "Which dtype?", zh = "哪种类型？" }
"""


def known(name, *checks):
    """Return a mistake that says it is caught by *checks*."""
    return Mistake("mean", name, "a", "b", checks, Text("", ""))


def rewritten(path, caught):
    """Return the lines that went and came, and what the author is told."""
    path.write_text(BEFORE, encoding="utf-8")
    mistakes = [known("rows"), known("sum", "test_values"), known("cast", "test_b", "test_a")]
    told = record("a/mean", path, mistakes, caught)
    after = path.read_text(encoding="utf-8").splitlines()
    before = BEFORE.splitlines()
    went = [line for line in before if line not in after]
    return went, [line for line in after if line not in before], list(map(str, told))


def test_only_lists_that_are_wrong_are_rewritten(tmp_path):
    """Comments, order and layout stay, and so does a list that names the same checks."""
    caught = {
        "rows": ("test_values", "test_shape"),
        "sum": ("test_values", "test_loss"),
        "cast": ("test_a", "test_b"),
    }
    went, came, told = rewritten(tmp_path / "mistakes.toml", caught)

    assert went == ['caught_by = ["test_values"]']
    assert came == [
        'caught_by = ["test_values", "test_shape"]',
        'caught_by = ["test_values", "test_loss"]',
    ]
    assert told == [
        "a/mean: caught_by of rows: +test_values +test_shape",
        "a/mean: caught_by of sum: +test_loss",
    ]


def test_a_long_list_has_a_line_for_each_check(tmp_path):
    """So that a later change shows as one line."""
    names = tuple(f"test_{'x' * 20}_{number}" for number in range(5))
    caught = {"rows": names, "sum": ("test_values",), "cast": ("test_a", "test_b")}
    _went, came, _told = rewritten(tmp_path / "mistakes.toml", caught)

    assert came == ["caught_by = [", *(f'    "{name}",' for name in names), "]"]


def test_that_nothing_catches_a_mistake_is_never_recorded(tmp_path):
    """There the checks are to be corrected."""
    caught = {"rows": (), "sum": (), "cast": ("test_a", "test_b")}

    assert rewritten(tmp_path / "mistakes.toml", caught) == ([], [], [])


@pytest.mark.usefixtures("quick")
def test_a_mistake_that_names_no_check_is_a_finding_until_it_is_recorded(warmup):
    """The record is what the scaffold's author would have written by hand."""
    before = (warmup.root / MISTAKES).read_text(encoding="utf-8")
    course = edited(warmup, MISTAKES, 'caught_by = ["test_negative_factor"]\n', "")
    (found,) = audit(course, [], silent, AuditOptions()).findings
    done = audit(course, [], silent, AuditOptions(record=True))
    after = Course.load(course.root)

    record = "run `gradproof audit warmup/scale --record`"
    assert found.what == f"scale/size_only does not say what catches it; {record}"
    assert done.findings == []
    assert [one.subject for one in done.recorded] == ["size_only"]
    assert done.payload()["recorded"] == [
        {
            "exercise": "warmup/scale",
            "mistake": "size_only",
            "before": (),
            "after": ("test_negative_factor",),
        }
    ]
    changed = set((after.root / MISTAKES).read_text(encoding="utf-8").splitlines())
    assert changed == set(before.splitlines())
    assert audit(after, [], silent, AuditOptions()).findings == []


@pytest.mark.usefixtures("quick")
def test_only_what_catches_under_every_seed_is_recorded(warmup):
    """A hidden check draws from a secret seed in a class: it must not depend on luck."""
    public = f"{CHECKS}/test_public.py"
    course = edited(warmup, public, "    x = draw.normal(4)\n", "    x = draw.normal(1)\n")
    # only the first of its inputs may show the mistake
    course = edited(course, public, "reference.scale(x, -0.37)", "reference.scale(abs(x), -0.37)")
    course = edited(course, public, "student.scale(x, -0.37)", "student.scale(abs(x), -0.37)")
    course = edited(course, MISTAKES, 'with = "x * abs(factor)"', 'with = "abs(x) * factor"')
    done = audit(course, [], silent, AuditOptions(record=True))

    caught = done.payload()["assignments"][0]["caught"]
    assert caught["scale/size_only"] == ("test_values",)
    (said,) = done.findings
    assert re.fullmatch(
        r"test_negative_factor catches scale/size_only under \d+ of 30 seeds, not under \d+; "
        r"draw inputs that always show it",
        said.what,
    )
