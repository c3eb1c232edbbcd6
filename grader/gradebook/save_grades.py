"""Saves grades and comments in ``nbgrader autograde``: gradproof's for its cells, in one step."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveAutoGrades
from nbgrader.utils import is_grade, is_solution

from .cell_metadata import grade_id_of


class Saving(SaveAutoGrades):  # type: ignore[misc]
    """Saves gradproof's results, and for other cells the points that nbgrader reads from them.

    Attributes:
        scores: by the ids of graded cells; None if not final.

        comments: by the ids of the answers.
    """

    scores: Mapping[str, float | None] = MappingProxyType({})
    comments: Mapping[str, str] = MappingProxyType({})

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Save the grades of *nb*; its cells do not change."""
        place = resources["nbgrader"]
        self.notebook_id, self.assignment_id = place["notebook"], place["assignment"]
        self.student_id = place["student"]
        with Gradebook(place["db_url"]) as self.gradebook:
            for index, cell in enumerate(nb.cells):
                self.preprocess_cell(cell, resources, index)
            self.gradebook.db.commit()
        return nb, resources

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Save the score of one cell, or the comment if it is an answer."""
        name = grade_id_of(cell)
        where = (name, self.notebook_id, self.assignment_id, self.student_id)
        if is_grade(cell) and name in self.scores:
            grade, score = self.gradebook.find_grade(*where), self.scores[name]
            grade.auto_score = score
            # As in nbgrader: cells with manual points are marked for review.
            grade.needs_manual_grade = score is None or grade.manual_score is not None
        elif is_solution(cell) and not is_grade(cell) and name in self.comments:
            self.gradebook.find_comment(*where).auto_comment = self.comments[name]
        else:
            super().preprocess_cell(cell, resources, cell_index)
        return cell, resources
