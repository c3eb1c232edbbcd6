"""Grades and comments that ``nbgrader autograde`` saves: gradproof's for its cells, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import is_grade, is_solution

from .cell_metadata import grade_id_of


class Saving(SaveAutoGrades):  # type: ignore[misc]
    """Saves what gradproof has found, and of other cells what nbgrader reads off them.

    Attributes:
        scores: by the ids of graded cells; None for what is no grade.

        comments: by the ids of the answers that they are about.
    """

    scores: Mapping[str, float | None] = MappingProxyType({})
    comments: Mapping[str, str] = MappingProxyType({})

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Save what *nb* has earned; its cells stay as they are."""
        place = resources["nbgrader"]
        self.notebook_id, self.assignment_id = place["notebook"], place["assignment"]
        self.student_id = place["student"]
        with Gradebook(place["db_url"]) as self.gradebook:
            for index, cell in enumerate(nb.cells):
                self.preprocess_cell(cell, resources, index)
            self.gradebook.db.commit()
        return nb, resources

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Save what one cell has earned, or what is said of it if it is an answer."""
        name = grade_id_of(cell)
        where = (name, self.notebook_id, self.assignment_id, self.student_id)
        if is_grade(cell) and name in self.scores:
            grade, score = self.gradebook.find_grade(*where), self.scores[name]
            grade.auto_score = score
            # as nbgrader has it: whoever gave points by hand is asked to look again
            grade.needs_manual_grade = score is None or grade.manual_score is not None
        elif is_solution(cell) and not is_grade(cell) and name in self.comments:
            self.gradebook.find_comment(*where).auto_comment = self.comments[name]
        else:
            super().preprocess_cell(cell, resources, cell_index)
        return cell, resources
