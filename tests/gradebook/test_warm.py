"""One notebook after another, with what is warm already."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.catalogue import Course
from grader.gradebook import warm

pytestmark = pytest.mark.usefixtures("cold")


class Made:
    """Stands in for what is made ready for a class; grades nothing."""

    ready: list[list[str]]

    def __init__(self, _course: object, _assignment: object, libraries: list[str]) -> None:
        self.ready.append(libraries)

    def grade(self, *_job: object) -> None:
        """Return nothing."""

    def close(self) -> None:
        """Nothing to end."""


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with nothing ready, and note what is made ready."""
    warm.forget()
    monkeypatch.setattr(Made, "ready", [], raising=False)
    monkeypatch.setattr(warm, "Warm", Made)


def test_learners_of_different_frameworks_share_what_is_ready(
    course: Course, tmp_path: Path
) -> None:
    """It grows with what a class uses, and is not made anew whenever the framework changes."""
    for number, text in enumerate(["", "import torch", "", "import torch"]):
        path = tmp_path / f"{number}.py"
        path.write_text(f"{text}\ndef scale(x, factor): ...\n")
        warm.grade_next(course, course.assignments[0], "ada", path, frozenset(["scale"]))

    assert [["numpy"], ["numpy", "torch"]] == Made.ready
    warm.forget()
