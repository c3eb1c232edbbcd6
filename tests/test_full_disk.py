"""A disk that is full, or read-only, leaves what was there, and a sentence says so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from grader.atomic_write import write_all
from grader.audit.audit_report import CourseAudit
from grader.audit.pages import write_pages
from grader.course.catalogue import Course
from grader.course.scaffold import new_course, new_exercise
from grader.course.sync import sync
from grader.desk.reset import reset
from grader.desk.submit import submit
from grader.grading.score import Scored
from grader.kit.kit import Kit
from grader.kit.release import release

if sys.platform == "win32":
    pytest.skip("Windows has no limit on files to play a full disk with", allow_module_level=True)

import resource

NOW = datetime(2026, 11, 20, 15, 4, 5, tzinfo=UTC)


@contextmanager
def full_disk(room: int = 50) -> Iterator[None]:
    """Have every file end after so many bytes: writing fails midway, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Return a course as ``gradproof new course`` makes it."""
    new_course(tmp_path / "course")
    return Course.load(tmp_path / "course")


def files(root: Path) -> dict[Path, bytes]:
    """Return all files below *root*, hidden and temporary ones, too."""
    found = (path for path in root.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in found if "__pycache__" not in path.parts}


def _exercise(course: Course) -> None:
    new_exercise(course, "warmup", "shift")


def _sync(course: Course) -> None:
    for starter in course.starters(course.assignments[0]).glob("*.py"):
        starter.write_text("an edit by hand " * 20)
    sync(course, write=True)


def _pages(course: Course) -> None:
    write_pages(course, CourseAudit([], []), course.root / "pages")


def _zip(course: Course) -> None:
    release(course, course.assignments[0], course.root / "kits", "en", as_zip=True)


def _kit(course: Course) -> None:
    release(course, course.assignments[0], course.root / "kits", "en")


@pytest.mark.parametrize("write", [_exercise, _sync, _pages, _zip, _kit])
def test_what_authors_write_is_whole_or_what_was_there(
    course: Course, write: Callable[[Course], None]
) -> None:
    """Nothing is changed, and no half of a file is left lying about."""
    (course.root / "pages").mkdir()
    (course.root / "pages" / "index.html").write_text("<p>old" * 100)
    before = files(course.root)
    with full_disk(), pytest.raises(OSError, match="File too large"):
        write(course)
    after = files(course.root)

    edited = {path for path in before if b"an edit by hand" in after.get(path, b"")}
    assert {**after, **{path: before[path] for path in edited}} == before


def test_what_learners_write_is_whole_or_what_was_there(course: Course, tmp_path: Path) -> None:
    """Their work stays, and what they have packed; nothing half is kept of either."""
    kit = Kit.find(release(course, course.assignments[0], tmp_path, "en"))
    (kit.directory / "warmup.zip").write_bytes(b"packed before")
    before = files(kit.directory)
    with full_disk():
        for write in (
            lambda: reset(kit, "scale", NOW, kit.directory / "warmup.ipynb"),
            lambda: submit(kit, NOW, file=kit.directory / "warmup.py"),
        ):
            with pytest.raises(OSError, match="File too large"):
                write()

    assert files(kit.directory) == before


def _scored(path: Path, monkeypatch: pytest.MonkeyPatch, course: Course) -> tuple[int, str]:
    """Write JUnit XML of no one to *path* by the command; return its end and what it said."""
    monkeypatch.setattr("grader.grading.score.score", lambda *_args: Scored())
    where = ["--course", str(course.root)]
    done = CliRunner().invoke(cli.main, ["score", "warmup", "--junit-xml", str(path), *where])
    return done.exit_code, done.stderr


def test_junit_xml_is_whole_or_what_was_there(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a pipeline reads is never half a file; the sentence says what is the matter."""
    path = tmp_path / "out" / "junit.xml"
    path.parent.mkdir()
    path.write_text("old")
    with full_disk(5):
        code, said = _scored(path, monkeypatch, course)

    assert (code, said.replace("\n", "")) == (4, f"gradproof: File too large ({path})")
    assert files(path.parent) == {path: b"old"}
    assert _scored(path, monkeypatch, course)[0] == 0
    assert path.read_bytes().startswith(b"<?xml")


def test_a_place_that_cannot_be_written_to_is_named(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that is read-only; the superuser, too, can write nothing below a file."""
    (tmp_path / "taken").write_text("a file")
    code, said = _scored(tmp_path / "taken" / "junit.xml", monkeypatch, course)
    folder, _said = _scored(tmp_path, monkeypatch, course)

    assert (code, folder) == (4, 4)
    assert "taken" in said and "Traceback" not in said
    assert (tmp_path / "taken").read_text() == "a file"


def test_files_that_belong_together_appear_together(tmp_path: Path) -> None:
    """If one cannot be written, no other is."""
    one, two = tmp_path / "one", tmp_path / "two"
    write_all({one: b"old"})
    with full_disk(), pytest.raises(OSError, match="File too large"):
        write_all({one: b"new", two: bytes(1000)})

    assert files(tmp_path) == {one: b"old"}
