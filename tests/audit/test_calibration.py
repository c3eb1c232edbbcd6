from __future__ import annotations

import pytest

from grader.audit.calibration import SEEDS, calibrate
from grader.audit.course_audit import AuditOptions, audit
from grader.audit.findings import silent
from grader.course.catalogue import Course
from grader.course.tolerances import read_tolerances

from ..warmup import CHECKS

ROUGH = "import numpy as np\n\ndef scale(x, factor):\n    return (x * factor) * (1 + 2e-10)\n"


@pytest.fixture
def path(tmp_path):
    """Return where a record is to be written."""
    return tmp_path / "tolerances.toml"


def recorded(path, before, seen, **flags):
    """Return what is on record after *seen* was measured, and what the author is told."""
    path.write_text("".join(f"{d} = {e}\n" for d, e in before.items()), encoding="utf-8")
    done = calibrate("a/b", path, seen, **{"widen": False, "tighten": False} | flags)
    return read_tolerances(path), [str(one) for one in done]


def test_few_seeds_do_not_narrow_what_many_have_recorded(path):
    """The record of 2.8e-5 stays where three seeds saw 5e-6, and the author is told."""
    after, told = recorded(path, {"float32": 2.8e-5}, {"float32": 5e-6})

    assert after == {"float32": 2.8e-5}
    assert told == [
        "a/b float32: 2.8e-05 recorded, 5.0e-06 measured; not changed: the tolerance would "
        "become narrower (--tighten)"
    ]


def test_a_tolerance_is_narrowed_where_that_is_asked_for(path):
    """The new record is what was measured."""
    after, told = recorded(path, {"float32": 2.8e-5}, {"float32": 5e-6}, tighten=True)

    assert after == {"float32": 5e-6}
    assert told == ["a/b float32: 2.8e-05 recorded, 5.0e-06 measured; recorded"]


@pytest.mark.parametrize(
    ("flags", "after"), [({}, 1e-6), ({"tighten": True}, 1e-6), ({"widen": True}, 2.1e-6)]
)
def test_more_than_twice_as_wide_must_be_asked_for(path, flags, after):
    """A reference that has become rough is a fault as often as a reason."""
    assert recorded(path, {"float32": 1e-6}, {"float32": 2.1e-6}, **flags)[0] == {"float32": after}


def test_a_little_wider_is_recorded_at_once(path):
    """Up to twice as wide needs no option."""
    after, told = recorded(path, {"float32": 1e-6}, {"float32": 1.9e-6})

    assert after == {"float32": 1.9e-6}
    assert told == ["a/b float32: 1.0e-06 recorded, 1.9e-06 measured; recorded"]


def test_errors_too_small_to_matter_need_no_option(path):
    """Below the usual precision a tolerance stays as it is, and the largest error is kept."""
    seen = {"float32": 9e-8, "float64": 1e-17}
    after, told = recorded(path, {"float32": 1e-9, "float64": 2e-17}, seen)

    assert after == {"float32": 9e-8, "float64": 2e-17}
    assert not [line for line in told if "left as it was" in line]


def test_each_dtype_is_decided_on_its_own(path):
    """What may be recorded is, beside what may not."""
    before = {"float32": 1e-6, "float64": 1e-9}
    after, _told = recorded(path, before, {"float32": 1.5e-6, "float64": 1e-8})

    assert after == {"float32": 1.5e-6, "float64": 1e-9}


def accepted(course, name, text):
    """Add an accepted variant to the only assignment of *course*."""
    path = course.accepted_dir(course.assignments[0]) / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    return course


@pytest.mark.usefixtures("quick")
def test_an_audit_calibrates_what_it_is_asked_to(warmup):
    """With enough seeds; before, the tolerance is a finding, and afterwards nothing is."""
    course = accepted(warmup, "another", ROUGH)
    before = audit(course, [], silent, AuditOptions())
    left = audit(course, ["warmup/scale"], silent, AuditOptions(calibrate=True))
    options = AuditOptions(calibrate=True, widen=True)
    done = audit(course, ["warmup/scale"], silent, options)
    after = Course.load(course.root)
    ((dtype, allowed),) = after.assignments[0].exercise("scale").precision

    assert [f.what for f in before.findings if "correct solutions have errors of" in f.what]
    assert [one.needs for one in left.calibrated] == ["--widen"]
    assert "--calibrate" in left.findings[0].what
    assert done.findings == []
    assert done.audits[0].runs == SEEDS * 5
    assert (dtype, 4e-9 <= allowed <= 4.4e-9) == ("float64", True)
    assert audit(after, [], silent, AuditOptions()).findings == []


@pytest.mark.usefixtures("quick")
def test_a_record_far_above_what_is_seen_is_a_finding(warmup):
    """A tolerance that no right solution needs only lets mistakes through."""
    path = warmup.root / CHECKS / "tolerances.toml"
    path.write_text("float64 = 1e-3\n", encoding="utf-8")
    found = audit(Course.load(warmup.root), [], silent, AuditOptions()).findings
    (what,) = [finding.what for finding in found if finding.path == path]

    assert "1.0e-03 is recorded for float64" in what
    assert "--calibrate" in what
