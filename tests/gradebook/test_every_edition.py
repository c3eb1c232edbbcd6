"""The notebooks of every assignment, in every framework, are as nbgrader wants them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import nbformat
import pytest

from grader.course.catalogue import Course
from grader.exercise import Language
from grader.gradebook.cell_metadata import (
    checked_in,
    release_notebook,
    solution_id,
    source_notebook,
)

if importlib.util.find_spec("nbgrader") is None:
    pytest.skip("nbgrader is not installed", allow_module_level=True)

pytestmark = pytest.mark.filterwarnings("ignore")

COURSE = Course.load(Path(__file__).parents[2])
LANGUAGES: tuple[Language, ...] = ("en", "zh")
#: each framework in a language, each language in several frameworks
EDITIONS = [
    (assignment.name, framework, LANGUAGES[number % 2])
    for assignment in COURSE.assignments
    for number, framework in enumerate(assignment.frameworks)
]


@pytest.mark.parametrize(("name", "framework", "language"), EDITIONS)
def test_nbgrader_makes_our_release_of_our_source(name, framework, language):
    """Cells are valid, with ids of their own; each exercise has one to fill in and a graded one.

    nbgrader's own steps take the solutions out, lock no cell that is open, and find our checksums.
    """
    from nbgrader.nbgraderformat import MetadataValidator
    from nbgrader.preprocessors import ClearSolutions, ComputeChecksums, LockCells

    assignment = COURSE.assignment(name)
    source = source_notebook(COURSE, assignment, language, framework)
    release = release_notebook(COURSE, assignment, language, framework)
    for notebook in (source, release):
        nbformat.validate(notebook)
        MetadataValidator().validate_nb(notebook)
    for step in (ClearSolutions(), LockCells(), ComputeChecksums()):
        source, _ = step.preprocess(source, {"language": "python"})
    ours = {cell.id: cell for cell in release.cells}
    known = {c.metadata.nbgrader.grade_id: c for c in release.cells if "nbgrader" in c.metadata}
    pairs = [(solution_id(one.name), one.name) for one in assignment.exercises]

    assert [cell.id for cell in source.cells] == list(ours)
    for cell in source.cells:
        marks, text = cell.metadata.get("nbgrader", {}), ours[cell.id].source
        # nbgrader writes a line of its own in the place of a solution
        first = slice(1) if marks.get("solution") else slice(None)
        assert text.split("\n")[first] == cell.source.split("\n")[first]
        assert "BEGIN SOLUTION" not in cell.source + text
        assert not marks.get("grade") or cell.metadata == ours[cell.id].metadata
    assert list(known) == [grade_id for pair in pairs for grade_id in pair]
    for exercise in assignment.exercises:
        graded, filled = known[exercise.name], known[solution_id(exercise.name)]
        assert checked_in(graded.source) == (exercise.name,)
        assert graded.metadata.nbgrader.points == float(exercise.points)
        assert graded.metadata.editable is graded.metadata.deletable is False
        assert "NotImplementedError" in filled.source
