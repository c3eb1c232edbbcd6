"""What a course expects where an assignment is submitted."""

from __future__ import annotations

from grader.submission.slot import Slot

from ..exercise import FRAMEWORKS, Assignment
from .catalogue import Course
from .editions import in_edition
from .source import read_cells, read_source, unsolved


def slot_of(course: Course, assignment: Assignment) -> Slot:
    """Return the slot of *assignment*, with its starters for all frameworks and languages.

    They differ between frameworks only in code cells, and between languages only in Markdown.
    Raises AuthoringError if the source cannot be used.
    """
    path = course.reference(assignment)
    read_source(path, assignment.framework)
    cells = read_cells(path)
    starters = dict.fromkeys(
        unsolved(cell)
        for framework in FRAMEWORKS
        for cell in in_edition(cells, assignment.framework, framework)
        if cell.kind == "code" and not cell.story
    )
    names = {one.name: tuple(e.name for e in one.exercises) for one in course.assignments}
    own = names.pop(assignment.name)
    return Slot.of(assignment.name, own, starters, names)
