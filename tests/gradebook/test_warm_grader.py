"""One notebook after another, with what is warm already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.catalogue import Course
from grader.errors import AuthoringError
from grader.gradebook import warm_grader as warm
from grader.grading.secret_seed import secret_seed

pytestmark = pytest.mark.usefixtures("cold")


class Made:
    """Stands in for what is made ready for a class; grades nothing."""

    ready: list[list[str]]
    broken = False

    def __init__(self, _course: object, _assignment: object, libraries: list[str]) -> None:
        self.ready.append(libraries)
        if self.broken:
            raise AuthoringError("the reference fails a check")

    def grade(self, *_job: object) -> None:
        """Return nothing."""

    def close(self) -> None:
        """Nothing to end."""


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin with nothing ready, and note what is made ready."""
    warm.forget()
    monkeypatch.setattr(Made, "ready", [], raising=False)
    monkeypatch.setattr(warm, "WarmGrader", Made)
    yield
    warm.forget()


def grade(course: Course, path: Path, text: str = "") -> None:
    """Grade *text*, at *path*."""
    path.write_text(f"{text}\ndef scale(x, factor): ...\n")
    warm.grade_next(course, course.assignments[0], "ada", path, frozenset(["scale"]))


def test_learners_of_different_frameworks_share_what_is_ready(
    course: Course, tmp_path: Path
) -> None:
    """It grows with what a class uses, and is not made anew whenever the framework changes."""
    for text in ("", "import torch", "", "import torch"):
        grade(course, tmp_path / "a.py", text)

    assert [["numpy"], ["numpy", "torch"]] == Made.ready


def test_what_is_ready_is_of_the_course_as_it_is(course: Course, tmp_path: Path) -> None:
    """Other modules beside the checks, and another secret, count like the checks themselves."""
    grade(course, tmp_path / "a.py")
    (course.check_files(course.assignments[0])[0].parent / "shapes.py").write_text("SIZES = []\n")
    grade(course, tmp_path / "a.py")
    secret_seed(course, renew=True)
    grade(course, tmp_path / "a.py")
    grade(course, tmp_path / "a.py")

    assert len(Made.ready) == 3


def test_a_broken_course_is_tried_once(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with it is said for every learner, and found out for the first."""
    monkeypatch.setattr(Made, "broken", True)
    for _learner in range(3):
        with pytest.raises(AuthoringError, match="reference"):
            grade(course, tmp_path / "a.py")

    assert len(Made.ready) == 1
