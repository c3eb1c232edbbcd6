"""Maltreated notebooks by way of ``nbgrader autograde``: nothing is lost on the way."""

from __future__ import annotations

import pytest

pytest.importorskip("torch")
pytest.importorskip("nbgrader", reason="nbgrader is not installed")

from grader import language
from grader.gradebook.cell_metadata import grade_id_of, release_notebook
from grader.gradebook.database import default_url, opened
from grader.gradebook.graded_notebook import marked_notebook, notebook_of
from grader.submission.read import read_submission

from ..submission.maltreated import ANSWERS, ASSIGNMENT, COURSE, MALTREATMENTS, maltreated
from .test_autograde import OURS, UNIQUE, Nbgrader

pytestmark = pytest.mark.filterwarnings("ignore")

#: nbgrader makes code again what was code
RESTORED = ("made_prose", "made_raw")
#: those in which nbgrader's own steps have a part; the others are learners' code, which is ours
NAMES = [
    *("untouched", "exercise_deleted", "check_cells_deleted", "every_cell_twice", "upside_down"),
    *("wrong_copy_above", "merged_into_one_cell", "starter_left_below", "made_prose", "made_raw"),
    *("metadata_removed", "renamed_ids", "exercises_swapped_in_cells", "endless_training", "exits"),
    *("broken_syntax_elsewhere", "pasted", "fifty_megabytes_of_lines", "windows_line_ends"),
    *("other_kernel", "format_4_0", "format_3", "format_2", "format_of_the_future"),
]


@pytest.fixture(scope="module")
def grades(tmp_path_factory):
    """Return everyone's grades after one run of nbgrader, set up as the guide says."""
    language.use("en")
    root = tmp_path_factory.mktemp("course")
    for tree in ("assignments", "solutions", "autograder_tests"):
        (root / tree).symlink_to(COURSE.root / tree)
    nbgrader = Nbgrader(root, OURS)
    nbgrader.settings.Autograde.sanitize_preprocessors = UNIQUE
    with opened(default_url(root)) as book:
        book.enter_assignment(ASSIGNMENT, release_notebook(COURSE, ASSIGNMENT, "en"))
    for name in NAMES:
        folder = root / "submitted" / name / ASSIGNMENT.name
        folder.mkdir(parents=True)
        (folder / f"{ASSIGNMENT.name}.ipynb").write_bytes(maltreated(name))
    nbgrader.do("autograde", ASSIGNMENT.name, "*")
    return {name: nbgrader.grades(ASSIGNMENT.name, name) for name in NAMES}


@pytest.mark.slow
@pytest.mark.rare
@pytest.mark.parametrize("name", NAMES)
def test_the_points_are_those_of_score(name, grades):
    """What can be graded earns the same as in the notebook that nobody touched."""
    costs = {} if name in RESTORED else MALTREATMENTS[name].costs
    untouched = {"softmax": 9, "log_softmax": 7, "cross_entropy": 6}
    untouched["softmax_cross_entropy_gradient"] = 8
    expected = {
        exercise: (0 if exercise in costs else untouched[exercise], False) for exercise in ANSWERS
    }
    left_out = {exercise.name: (0, False) for exercise in ASSIGNMENT.exercises}

    assert left_out | expected == grades[name]


@pytest.mark.parametrize("name", MALTREATMENTS)
def test_formgrader_can_show_every_one(name, tmp_path):
    """``score --gradebook`` makes a valid notebook of it, with a graded cell for each exercise."""
    path = tmp_path / "mine.ipynb"
    path.write_bytes(maltreated(name))
    submission = read_submission(path, ASSIGNMENT.name)
    shown = marked_notebook(notebook_of(path.read_bytes(), path.name, submission), ASSIGNMENT)

    assert set(ANSWERS) <= {grade_id_of(cell) for cell in shown.cells}
    assert any("def cross_entropy(" in cell.source for cell in shown.cells) != (
        name == "exercise_deleted"
    )
