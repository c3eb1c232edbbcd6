"""What a course expects where an assignment is submitted."""

from __future__ import annotations

from grader.submission.slot import Slot

from ..exercise import Assignment
from .catalogue import Course
from .source import read_cells, unsolved


def slot_of(course: Course, assignment: Assignment) -> Slot:
    """Return the slot of *assignment*, with its starters for all frameworks and languages.

    They differ between frameworks only in code cells, and between languages only in Markdown.
    Raises AuthoringError if the source cannot be read.
    """
    cells = read_cells(course.reference(assignment))
    starters = [unsolved(cell) for cell in cells if cell.kind == "code"]
    names = {one.name: tuple(e.name for e in one.exercises) for one in course.assignments}
    own = names.pop(assignment.name)
    return Slot.of(assignment.name, own, starters, names)
