"""Starters in other frameworks than the reference's: they run, are blank, and earn nothing."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from grader.audit import trials as module
from grader.audit.course_audit import AuditOptions, audit
from grader.audit.files import course_findings
from grader.audit.findings import silent
from grader.audit.starter_runs import starter_findings
from grader.audit.trials import read_exercises, trials_of
from grader.course.catalogue import Course
from grader.course.sync import sync

from ..warmup import RIGHT, SOURCE, edited

TOML = "assignments/course.toml"


def with_frameworks(course, *names, given=""):
    """Return the course with starters in *names*, and *given* code for them below its imports."""
    course = edited(course, TOML, "seed =", f"frameworks = {list(names)}\nseed =".replace("'", '"'))
    if given:
        path = course.root / SOURCE
        text = path.read_text("utf-8")
        first = text.index('# %% [markdown] lang="en" exercise=')
        path.write_text(f"{text[:first]}{given}\n\n{text[first:]}", "utf-8")
    sync(course, write=True)
    return course


def findings(found, root):
    """Return each finding as ``path:line: what``, the path relative to the course."""
    return [str(finding).removeprefix(f"{root}/") for finding in found]


needs_torch = pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed")


@needs_torch
def test_a_starter_runs_as_far_as_an_exercise_that_it_calls(warmup):
    """With the files that come with it; it is not run again while nothing changes."""
    table = warmup.given_dir(warmup.assignments[0]) / "data/table.csv"
    table.parent.mkdir(parents=True)
    table.write_text("1,2")
    ours = '# %% framework="torch"\nimport torch\n\nopen("data/table.csv")\nprint(torch.ones(2))'
    path = warmup.root / SOURCE
    path.write_text(path.read_text("utf-8") + "\n# %%\nscale(1, 2)\n", "utf-8")
    course = with_frameworks(warmup, "torch", given=ours)
    assert findings(starter_findings(course, course.assignments), course.root) == []
    remembered = course.root / ".gradproof/audit/starters_torch"
    remembered.write_bytes(remembered.read_bytes() + b"\n")
    before = remembered.stat().st_mtime_ns
    assert findings(starter_findings(course, course.assignments), course.root) == []
    assert remembered.stat().st_mtime_ns == before


@needs_torch
def test_a_starter_that_stops_on_its_way_is_found(warmup):
    """With the line at fault."""
    ours = '# %% framework="torch"\nimport torch\n\nEYE = torch.eye("three")'
    course = with_frameworks(warmup, "torch", given=ours)

    (found,) = findings(starter_findings(course, course.assignments), course.root)
    assert found.startswith(f"{SOURCE}: the starter for torch does not run: TypeError: ")
    assert """at 'EYE = torch.eye("three")'; write a cell for it""" in found


def test_what_would_be_taken_for_work_is_found(warmup):
    """A starter in which an exercise looks written counts as written by a learner."""
    path = warmup.root / SOURCE
    path.write_text(path.read_text("utf-8") + "\n# %%\nscale = staticmethod(scale)\n", "utf-8")
    sync(warmup, write=True)
    exercises, _findings = read_exercises(warmup, [])

    found = findings(course_findings(warmup, exercises), warmup.root)
    taken = "scale would be taken for a learner's work; give less of it"
    assert found == [f"assignments/warmup/{lang}warmup.py: {taken}" for lang in ("", "zh/")]


def test_what_is_not_installed_is_not_run_and_said(warmup, monkeypatch):
    """Neither starters nor accepted variants; the others are."""
    variant = warmup.accepted_dir(warmup.assignments[0]) / "torch.py"
    variant.write_text(RIGHT.replace("numpy", "torch"), "utf-8")
    course = with_frameworks(warmup, "torch", "jax")
    units = [(a, e) for a in course.assignments for e in a.exercises]
    monkeypatch.setattr(module, "is_installed", lambda framework: framework != "torch")
    (exercise,), _findings = read_exercises(course, units)

    starters = course.starters(course.assignments[0])
    labels = [trial.label for trial in trials_of(exercise, 1, 1)]
    assert [label for label in labels if "starter" in label] == [
        "the starter",
        "the starter for jax",
    ]
    assert "torch.py" not in labels
    assert exercise.skipped == (("torch", variant), ("torch", starters / "torch"))


@pytest.mark.slow
@needs_torch
@pytest.mark.usefixtures("quick")
def test_starters_of_every_framework_earn_nothing(warmup):
    """They are tried like that of the reference; what they give away is found."""
    course = with_frameworks(warmup, "torch")
    assert audit(course, [], silent, AuditOptions()).findings == []

    ours = course.root / SOURCE
    text = ours.read_text("utf-8")
    stub = text[text.index('# %% exercise="scale"') :]
    theirs = stub.replace('"scale"', '"scale" framework="torch"', 1).replace(
        "    ### BEGIN", "    if factor > 0:\n        return x * factor\n    ### BEGIN"
    )
    own = stub.replace('"scale"', '"scale" framework="numpy"', 1)
    ours.write_text(text.replace(stub, f"{own}\n{theirs}"), "utf-8")
    course = Course.load(course.root)
    sync(course, write=True)

    found = findings(audit(course, [], silent, AuditOptions()).findings, course.root)
    assert any("the starter for torch must end 'not implemented', not 'passed'" in f for f in found)
