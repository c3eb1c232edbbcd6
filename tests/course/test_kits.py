"""The kit of each assignment of the course can be made, and is right about right answers."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from grader.course.catalogue import Course
from grader.course.source import reference_text
from grader.kit.kit import Kit
from grader.kit.kit_check import check_kit
from grader.kit.release import release
from grader.outcome import NOT_LOST

pytestmark = pytest.mark.slow

COURSE = Course.load(Path(__file__).parents[2])


#: to record what the known mistakes answer takes nearly all of the time
HINTS = [
    pytest.param(False, id="without hints"),
    pytest.param(True, id="with hints", marks=pytest.mark.rare),
]


@pytest.mark.parametrize("hints", HINTS)
@pytest.mark.parametrize("name", [assignment.name for assignment in COURSE.assignments])
def test_a_kit_of_the_course_accepts_the_reference(
    name: str, hints: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer that a check asks for at the desk was recorded when the kit was made."""
    assignment = COURSE.assignment(name)
    if find_spec(assignment.framework) is None:
        pytest.skip(f"{assignment.framework} is not installed")
    if not hints:
        monkeypatch.setattr("grader.kit.release.record_hints", lambda *_args: {})
    kit = Kit.find(release(COURSE, assignment, tmp_path, "en"))
    mine = kit.directory / "mine.py"
    text = reference_text(COURSE.source(assignment))
    mine.write_text(f"# framework: {assignment.framework}\n{text}", encoding="utf-8")

    result = check_kit(kit, (), mine)

    assert [one.message for one in result.checks if one.outcome not in NOT_LOST] == []
    assert {one.exercise for one in result.checks} == {one.name for one in assignment.exercises}
