from __future__ import annotations

import dataclasses
import errno
import os
import tempfile
from fractions import Fraction
from pathlib import Path

import pytest

from grader import language
from grader.exercise import Limits, Text
from grader.outcome import Isolation, Outcome
from grader.scoring import results
from grader.scoring.results import Results, course_fingerprint, submission_fingerprint

from ..made_results import made_check, made_result
from .conftest import submission

ISOLATION = Isolation("process", {"no network": True})


def result(learner="ada", outcome=Outcome.PASSED):
    """Return a small result."""
    return made_result(made_check("double.test_values", outcome, "1/3"), learner=learner)


def test_what_is_written_is_read_again(tmp_path):
    """Result and fingerprint, with the report for people beside them."""
    store = Results(tmp_path, "mini")
    store.write(result(), "f00d", "# Report, 报告\n")

    assert store.read("ada") == (result(), "f00d")
    assert store.path("ada", "report.md").read_text(encoding="utf-8") == "# Report, 报告\n"
    assert sorted(p.name for p in (tmp_path / "mini/ada").iterdir()) == ["report.json", "report.md"]


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"\xff\xfe", b'{"schema": "x"}'])
def test_what_cannot_be_read_is_not_there(tmp_path, content):
    """A damaged report is graded again, not trusted."""
    store = Results(tmp_path, "mini")
    store.write(result(), "f00d", "")
    if content is None:
        store.path("ada").unlink()
    else:
        store.path("ada").write_bytes(content)

    assert store.read("ada") is None


def test_the_report_that_counts_is_written_last(tmp_path, monkeypatch):
    """Where there is a JSON report, the one for people is there too."""
    order = []
    replace = Path.replace
    monkeypatch.setattr(Path, "replace", lambda *to: order.append(to[1].name) or replace(*to))
    Results(tmp_path, "mini").write(result(), "f00d", "")

    assert order == ["report.md", "report.json"]


class Failing:
    """A disk that fails at the n-th time it is asked for something, and no more after that."""

    ASKED = ((os, "fsync"), (os, "close"), (Path, "open"), (Path, "chmod"), (tempfile, "mkstemp"))

    def __init__(self, at, code, monkeypatch):
        self.left = at
        self.code = code
        for owner, name in self.ASKED:
            monkeypatch.setattr(owner, name, self._watched(getattr(owner, name)))

    def _watched(self, function):
        def watched(*args, **kwargs):
            self.left -= 1
            if self.left == 0:
                raise OSError(self.code, os.strerror(self.code))
            return function(*args, **kwargs)

        return watched


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
@pytest.mark.parametrize("at", range(1, 12))
def test_wherever_the_disk_fails_both_old_reports_stay(tmp_path, monkeypatch, at, code):
    """A report and the page that goes with it change together, and nothing is left lying about."""
    store = Results(tmp_path, "mini")
    store.write(result(), "old", "old page")
    with monkeypatch.context() as patch:
        failing = Failing(at, code, patch)
        try:
            store.write(result(outcome=Outcome.FAILED), "new", "new page")
        except OSError:
            failed = True
        else:
            failed = False
    expected = ("old", "old page") if failed else ("new", "new page")

    assert failed == (failing.left <= 0)
    assert (store.read("ada")[1], store.path("ada", "report.md").read_text()) == expected
    assert sorted(p.name for p in (tmp_path / "mini/ada").iterdir()) == ["report.json", "report.md"]


# -- what a grade depends on -----------------------------------------------------------------------


@pytest.fixture
def fingerprint(mini, tmp_path):
    """Return a function that computes the course's fingerprint with something changed."""
    made = mini()
    source, mistakes = tmp_path / "mini.py", tmp_path / "mistakes.toml"
    source.write_text("def double(x): ...\n")
    mistakes.write_text("")

    def fingerprint(isolation=ISOLATION, sources=(source, mistakes), **changes):
        plan = dataclasses.replace(made.plan, **changes)
        return course_fingerprint(plan, sources, isolation)

    fingerprint.plan = made.plan
    fingerprint.sources = (source, mistakes)
    return fingerprint


def test_the_same_course_has_the_same_fingerprint(fingerprint, tmp_path):
    """Wherever it lies, and whenever its files were written."""
    before = fingerprint()
    for path in (*fingerprint.plan.check_files, *fingerprint.sources):
        os.utime(path, (1, 1))

    assert fingerprint() == before
    assert fingerprint(root=tmp_path / "elsewhere") == before


@pytest.mark.parametrize(
    "change",
    [{"limits": Limits(seconds=99)}, {"points": Fraction(7)}, {"title": Text("New", "新")}],
)
def test_the_catalogue_counts(fingerprint, change):
    """Points, limits and titles stand in the report or decide it."""
    assignment = fingerprint.plan.assignment
    first, *others = assignment.exercises
    changed = dataclasses.replace(
        assignment, exercises=(dataclasses.replace(first, **change), *others)
    )

    assert fingerprint(assignment=changed) != fingerprint()


def test_seed_device_walls_and_language_count(fingerprint):
    """So does every other choice of a run."""
    seen = {
        fingerprint(),
        fingerprint(seed=8),
        fingerprint(device="cuda"),
        fingerprint(isolation=Isolation("bubblewrap", ISOLATION.layers)),
        fingerprint(isolation=Isolation("process", {"no network": False})),
    }
    language.use("zh")
    seen.add(fingerprint())

    assert len(seen) == 6


def test_a_gpu_and_its_precision_count(fingerprint, monkeypatch):
    """What was skipped for want of a GPU is graded when there is one; the CPU's grades are kept."""
    before = fingerprint(), fingerprint(device="all")
    with_tf32 = dataclasses.replace(fingerprint.plan.assignment, allow_tf32=True)

    assert fingerprint(assignment=with_tf32) != before[0]
    monkeypatch.setattr(results.gpu, "nodes", lambda: [Path("/dev/nvidia0")])
    assert fingerprint() == before[0]
    assert fingerprint(device="all") != before[1]


def test_checks_reference_and_mistakes_count(fingerprint):
    """One changed character in any of their files is a change; so is a file more or less."""
    seen = {fingerprint(), fingerprint(sources=fingerprint.sources[:1])}
    seen.add(fingerprint(check_files=fingerprint.plan.check_files[:-1]))
    files = (*fingerprint.plan.check_files, *fingerprint.sources)
    for path in files:
        path.write_text(path.read_text(encoding="utf-8") + "#", encoding="utf-8")
        seen.add(fingerprint())

    assert len(seen) == 3 + len(files)


def test_gradproof_itself_counts(fingerprint, monkeypatch, tmp_path):
    """Another version of the grader grades again."""
    before = fingerprint()
    other = tmp_path / "own.py"
    other.write_text("changed")
    monkeypatch.setattr(results, "own_sources", lambda: [other])

    assert fingerprint() != before


def test_the_submission_counts():
    """Its bytes, its framework, its name and the course; nothing else."""
    one = submission("x = 1\n")
    seen = {
        submission_fingerprint("course", one),
        submission_fingerprint("other", one),
        submission_fingerprint("course", submission("x = 2\n")),
        submission_fingerprint("course", submission("x = 1\n", framework="torch")),
        submission_fingerprint("course", submission("x = 1\n", name="other.py")),
    }

    assert len(seen) == 5
    assert submission_fingerprint("course", submission("x = 1\n")) in seen


@pytest.mark.parametrize(("framework", "counts"), [("tensorflow", True), ("jax", False)])
def test_the_version_of_its_own_framework_counts(monkeypatch, framework, counts):
    """After an upgrade of Keras, what was written in TensorFlow is graded again, and no more."""
    one = submission("x = 1\n", framework=framework)

    def fingerprint(keras: str) -> str:
        installed = {"tensorflow": "2.21.0", "keras": keras, "jax": "0.8.1"}
        monkeypatch.setattr(results, "version_of", lambda name: installed.get(name, ""))
        return submission_fingerprint("course", one)

    assert (fingerprint("3.12.0") != fingerprint("3.13.0")) is counts
