"""What has not changed since an earlier audit is not run again."""

from __future__ import annotations

import os

import pytest

from grader.audit import course_audit as module
from grader.audit.course_audit import AuditOptions, audit
from grader.audit.findings import silent
from grader.course.catalogue import Course
from grader.course.scaffold import new_exercise
from grader.course.sync import sync

from ..warmup import CHECKS, SOURCE, edited

pytestmark = pytest.mark.usefixtures("quick")

COURSE = "assignments/course.toml"


@pytest.fixture
def run(monkeypatch):
    """Return the trials that audits have run so far: exercise, kind, name."""
    run = []
    grade_all = module.grade_all

    def watched(jobs, places, measure, may_kill):
        for ended in grade_all(jobs, places, measure, may_kill):
            run.extend((ended.job.audited.name, t.kind, t.name) for t in ended.job.trials)
            yield ended

    monkeypatch.setattr(module, "grade_all", watched)
    return run


def audited(course, **options):
    """Return the audit of *course*."""
    return audit(course, [], silent, AuditOptions(**options))


def test_a_second_audit_runs_nothing(warmup, run):
    """Findings, tables and pages are those of the first."""
    course = edited(warmup, COURSE, "points = 4", "points = 5")
    first = audited(course)
    run.clear()
    second = audited(course)

    assert run == []
    assert (first.unchanged, second.unchanged) == (0, 1)
    assert second.findings == first.findings != []
    assert second.rows() == first.rows()
    was, now = first.payload()["exercises"], second.payload()["exercises"]
    assert now == [was[0] | {"unchanged": True}]


def test_fresh_runs_everything_again(warmup, run):
    """Whatever is known."""
    audited(warmup)
    count = len(run)
    audited(warmup, fresh=True)

    assert len(run) == 2 * count > 0


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SOURCE, "return x * factor\n", "return x * (factor)\n"),
        (f"{CHECKS}/test_public.py", "2.5), expected", "2.5) + 0, expected"),
        (f"{CHECKS}/test_hidden.py", "3.0), ", "3.0) + 0, "),
        (COURSE, "seed = 20261120", "seed = 7"),
        (COURSE, "memory_mb = 4096", "memory_mb = 4000"),
    ],
)
def test_what_an_exercise_depends_on_is_noticed(warmup, run, name, old, new):
    """After a change of it, the whole exercise is run again."""
    if name == SOURCE:
        (warmup.root / CHECKS / "mistakes.toml").unlink()
    audited(warmup)
    count = len(run)
    audited(edited(warmup, name, old, new))

    assert len(run) == 2 * count > 0


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (f"{CHECKS}/mistakes.toml", "What sign does -2 times 3 have?", "Which sign?"),
        (f"{CHECKS}/mistakes.toml", 'caught_by = ["test_negative_factor"]', "caught_by = []"),
        (COURSE, "points = 4", "points = 5"),
        (SOURCE, "# 返回将", "# 返回：将"),
    ],
)
def test_words_cost_nothing(warmup, run, name, old, new):
    """Hints, points and statements are judged anew, and nothing is run for them."""
    audited(warmup)
    run.clear()
    audited(edited(warmup, name, old, new))

    assert run == []


def test_a_helper_of_the_checks_counts(warmup, run):
    """A module beside the checks may be imported by them."""
    audited(warmup)
    run.clear()
    (warmup.root / "autograder_tests/inputs.py").write_text("SIZE = 3\n", encoding="utf-8")
    audited(warmup)

    assert run != []


def test_only_a_new_mistake_is_run(warmup, run):
    """The inner loop of an author."""
    course = edited(warmup, f"{CHECKS}/mistakes.toml", 'with = "x * abs(factor)"', 'with = "x"')
    audited(course)
    run.clear()
    audited(edited(course, f"{CHECKS}/mistakes.toml", 'with = "x"', 'with = "x * abs(factor)"'))

    assert set(run) == {("scale", "mistake", "size_only")}


def test_a_change_of_one_exercise_is_nothing_to_the_others(warmup, run):
    """Not even in the same source."""
    new_exercise(warmup, "warmup", "shift")
    course = Course.load(warmup.root)
    sync(course, write=True)
    audited(course)
    run.clear()
    course = edited(course, f"{CHECKS[: -len('scale')]}shift/test_public.py", "(3, 5)", "(4, 6)")
    whole = audited(course)

    assert {exercise for exercise, _kind, _name in run} == {"shift"}
    assert [one.unchanged for one in whole.audits] == [True, False]


def test_what_a_failing_machine_said_is_not_kept(warmup, run, monkeypatch):
    """It is run again the next time, and a finding until then."""
    grade_all = module.grade_all

    def failing(jobs, *others, **more):
        yield module.EndedJob(jobs[0], None, "the grading process died twice")
        yield from grade_all(jobs[1:], *others, **more)

    with monkeypatch.context() as patch:
        patch.setattr(module, "grade_all", failing)
        first = audited(warmup)
    run.clear()
    second = audited(warmup)

    what = "warmup/scale could not be audited: the grading process died twice, with one of: "
    assert any(finding.what.startswith(what) for finding in first.findings)
    assert 0 < len(run) <= 12
    assert second.findings == []


def looping(course, what, seconds=0.1):
    """Return *course* with a mistake that does *what* where a factor is negative."""
    course = edited(course, COURSE, "seconds = 10", f"seconds = {seconds}")
    new = f'with = "x * factor if factor > 0 else {what}"'
    return edited(course, f"{CHECKS}/mistakes.toml", 'with = "x * abs(factor)"', new)


def test_code_that_never_ends_is_interrupted_and_run_again(warmup, run):
    """A check fails on it; but that it took so long may be the machine's fault."""
    course = looping(warmup, "[0 for _ in iter(int, 1) if _]")
    first = audited(course, seeds=1)
    run.clear()
    audited(course, seeds=1)

    assert first.audits[0].caught["size_only"] == ("test_negative_factor",)
    assert run == [("scale", "mistake", "size_only")]


@pytest.mark.slow
def test_code_that_hears_no_interruption_ends_its_process(warmup):
    """Not the audit: the finding says what was run."""
    found = audited(looping(warmup, "sum(iter(int, 1))"), seeds=1).findings

    assert any("the grading process died twice, with one of: " in one.what for one in found)
    assert any("size_only" in one.what for one in found)


def test_code_without_measure_meets_the_limit_on_memory(warmup):
    """The machine does not."""
    course = edited(warmup, COURSE, "memory_mb = 4096", "memory_mb = 100")
    report = audited(looping(course, "list(iter(int, 1))", seconds=11), seeds=1)

    assert report.audits[0].caught["size_only"] == ("test_negative_factor",)
    assert report.findings == []


def test_an_interrupted_audit_keeps_what_it_has(warmup, run, monkeypatch):
    """The next one goes on from there."""
    grade_all = module.grade_all

    def interrupted(*jobs, **more):
        for ended in grade_all(*jobs, **more):
            yield ended
            raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(module, "grade_all", interrupted)
        audited(warmup)
    first = len(run)
    audited(warmup)
    whole = len(run)
    audited(warmup, fresh=True)

    assert 0 < first < whole == len(run) - whole


def test_several_processes_find_the_same(warmup, monkeypatch):
    """The order in which trials end is nothing to the author."""
    course = edited(warmup, f"{CHECKS}/mistakes.toml", 'with = "x * abs(factor)"', 'with = "x"')
    alone = audited(course)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    together = audited(course, fresh=True)

    assert together.findings == alone.findings != []
    assert together.payload() == alone.payload()
