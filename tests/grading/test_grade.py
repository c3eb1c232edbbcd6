from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from grader import language
from grader.course.catalogue import Course
from grader.errors import AuthoringError, InternalError, UsageError
from grader.grading import setup
from grader.grading.grade import grade_file
from grader.outcome import Outcome
from grader.report.class_summary import trouble
from grader.sandbox.zygote import Zygote

from ..warmup import CHECKS, RIGHT, edited, made


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch):
    """Speak English; leave PyTorch out of the zygote."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda frameworks, *walls: Zygote(("numpy",), *walls))
    yield
    language.use("en")


@pytest.fixture
def warmup(tmp_path):
    """Return a fresh course."""
    return made(tmp_path / "course")


@pytest.fixture
def grade(warmup, tmp_path):
    """Return a function that grades a text."""

    def grade(text, *exercises, course=warmup, **more):
        path = tmp_path / "mine.py"
        path.write_text(text, encoding="utf-8")
        return grade_file(course, course.assignments[0], path, exercises, **more)

    return grade


def test_one_file_is_graded(grade):
    """Hidden checks and hints included; the learner is called after the file."""
    result = grade(RIGHT.replace("factor * x", "abs(factor) * x"))

    assert (result.learner, str(result.score), result.final) == ("mine", "3", True)
    hints = {check.name: check.hints[-1] for check in result.checks if check.hints}
    assert hints == {"test_negative_factor": "What sign does -2 times 3 have?"}
    assert {check.name for check in result.checks if check.hidden} == {"test_input_unchanged"}


def test_other_written_definitions_are_graded_too(warmup, tmp_path):
    """They change no points; the report says what they would earn."""
    folder = tmp_path / "ada"
    folder.mkdir()
    (folder / "warmup.py").write_text(RIGHT, encoding="utf-8")
    (folder / "old.py").write_text(RIGHT.replace("factor * x", "abs(factor) * x"), "utf-8")

    result = grade_file(warmup, warmup.assignments[0], folder)

    (scale,) = result.exercises
    assert (str(result.score), scale.source.file) == ("4", "warmup.py")
    (other,) = scale.source.others
    assert (other.file, other.same, str(other.points)) == ("old.py", False, "3")
    assert trouble(result) == "scale: old.py would earn 3"


@pytest.mark.parametrize("place", ["ada.zip", "ada/work.zip"])
def test_work_in_an_archive_is_graded(warmup, tmp_path, place):
    """Alone, or in a folder beside the starter; what has no work gets a reason."""
    path = tmp_path / place
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hw/warmup.py", RIGHT)
    if path.parent != tmp_path:
        starter = warmup.root / "assignments/warmup/warmup.py"
        shutil.copy(starter, path.parent)

    result = grade_file(warmup, warmup.assignments[0], tmp_path / place.partition("/")[0])

    assert (result.learner, str(result.score), result.final) == ("ada", "4", True)


def test_an_archive_without_work_says_so(warmup, tmp_path):
    """It gets no points, and the reason stands in the report."""
    with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
        archive.writestr("report.pdf", b"")

    result = grade_file(warmup, warmup.assignments[0], tmp_path / "ada.zip")

    assert result.score == 0
    assert result.notes == ("ada.zip: no .py or .ipynb file among: report.pdf.",)


def test_a_course_may_be_named_by_two_dots(grade, warmup, monkeypatch):
    """From a folder beside the course or within it, ``--course ..`` grades like any other path."""
    monkeypatch.chdir(warmup.root / "assignments")

    assert grade(RIGHT, course=Course.load(Path(".."))).final


def test_a_framework_is_used_where_the_file_names_none(grade):
    """The file's own line wins."""
    bare = RIGHT.removeprefix("# framework: numpy\n")

    assert grade(bare, framework="numpy").framework == "numpy"
    assert grade(RIGHT, framework="torch").framework == "numpy"


def test_without_the_outer_wall_a_report_says_so(grade):
    """Weak isolation is said, not hidden."""
    result = grade(RIGHT, level="process")

    assert result.score == 4
    assert result.isolation.level == "process"
    assert result.isolation.warning.startswith("WEAK ISOLATION")


def test_below_the_isolation_that_a_course_asks_for_nothing_is_graded(grade, warmup):
    """It is the machine's fault, and says what to do."""
    demanding = replace(warmup, min_isolation="bubblewrap")

    with pytest.raises(InternalError, match=r"min_isolation.*only process.*apt install") as refused:
        grade(RIGHT, course=demanding, level="process")

    assert refused.value.exit_code == 4


def test_hidden_checks_and_references_are_out_of_reach(grade, warmup):
    """The walls are tested on the course's own files, and whoever shows them is found out."""
    private = setup.private_paths(warmup, warmup.assignments[0])

    assert {path.name for path in private} >= {"warmup.py", "test_hidden.py", "results"}


def test_a_device_that_is_not_here_is_no_grade(grade):
    """Nothing was checked, and the note says why."""
    result = grade(RIGHT, device="cuda")

    assert {check.outcome for check in result.checks} == {Outcome.SKIPPED}
    assert not result.final
    assert result.notes[0].startswith("SKIPPED on cuda")


def test_what_is_not_there_is_refused(grade, warmup, tmp_path):
    """An exercise, a file, a course whose reference fails."""
    with pytest.raises(UsageError, match="warmup has no exercise scales; it has scale"):
        grade(RIGHT, "scales")
    with pytest.raises(UsageError, match="There is no file"):
        grade_file(warmup, warmup.assignments[0], tmp_path / "gone.py")
    broken = edited(warmup, f"{CHECKS}/test_public.py", "reference.scale(x, 2.5)", "x")
    with pytest.raises(AuthoringError, match="the reference fails test_values"):
        grade(RIGHT, course=broken)


def test_a_file_that_cannot_be_read_gets_a_report_that_says_why(grade):
    """An empty file is graded with nothing: CI gets a report, not only a message."""
    result = grade("")

    assert (result.score, result.final) == (0, True)
    assert {check.message for check in result.checks} == set(result.notes)
    assert "the file is empty" in result.notes[0]
