from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest

from grader.gradebook.nbgrader_import import at_ease

from ..warmup import RIGHT
from .conftest import WRONG

# nbgrader's own steps warn of this and that; ours are tried without a warning elsewhere
pytestmark = pytest.mark.filterwarnings("ignore")

ROOT = Path(__file__).resolve().parents[2]
OURS = [
    "grader.gradebook.autograde.GradproofGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]
UNIQUE = [
    "nbgrader.preprocessors.ClearOutput",
    "grader.gradebook.autograde.UniqueCells",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]


class Nbgrader:
    """An nbgrader course in *root*, worked on in this process."""

    def __init__(self, root: Path, preprocessors: list[str] | None = None) -> None:
        from traitlets.config import Config

        self.root = root
        self.settings = Config()
        self.settings.CourseDirectory.root = str(root)
        if preprocessors:
            self.settings.Autograde.autograde_preprocessors = preprocessors

    def do(self, command: str, *arguments: object, **more: object) -> dict[str, object]:
        """Carry out one of nbgrader's commands; returns what it says."""
        done = self.tried(command, *arguments, **more)
        assert done["success"], done
        return done

    def tried(self, command: str, *arguments: object, **more: object) -> dict[str, object]:
        """Carry out one of nbgrader's commands, which may fail; returns what it says."""
        from nbgrader.apps import NbGraderAPI

        with at_ease():
            done: dict[str, object] = getattr(NbGraderAPI(config=self.settings), command)(
                *arguments, **more
            )
        return done

    def grades(self, assignment: str, student: str) -> dict[str, tuple[float | None, bool]]:
        """Return every grade of one learner: points, and whether a person is waited for."""
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as book:
            notebooks = book.find_submission(assignment, student).notebooks
            return {
                grade.name: (grade.auto_score, grade.needs_manual_grade)
                for notebook in notebooks
                for grade in notebook.grades
            }


@pytest.fixture
def warmup(course):
    """Return the scored class as nbgrader collects it, ungraded."""
    shutil.rmtree(course.root / "autograded")
    nbgrader = Nbgrader(course.root, OURS)
    nbgrader.settings.LateSubmissionPlugin.penalty_method = "zero"
    return nbgrader


def submit(
    course: Nbgrader, learner: str, *cells: nbformat.NotebookNode, assignment: str = "warmup"
) -> None:
    """Put a notebook of *cells* where nbgrader collects."""
    path = course.root / "submitted" / learner / assignment / "warmup.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "language": "python",
        "display_name": "Python 3",
    }
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


def marked(source: str, grade_id: str, **more: object) -> nbformat.NotebookNode:
    """Return a cell that nbgrader knows."""
    graded = not grade_id.endswith("-solution")
    marks = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": graded,
        "solution": not graded,
        "locked": graded,
        "task": False,
        **({"points": 4} if graded else {}),
        **more,
    }
    return nbformat.v4.new_code_cell(source, metadata={"nbgrader": marks})


def test_the_guide_shows_this_configuration():
    """The lines for ``nbgrader_config.py`` in the guide are the ones that are tried here."""
    config = pytest.importorskip("traitlets.config", reason="nbgrader is not installed")
    guide = (ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    settings = config.Config()
    for block in blocks:
        if "c.Autograde" in block:
            exec(block, {"get_config": lambda: settings, "c": settings})

    assert OURS == settings.Autograde.autograde_preprocessors
    assert UNIQUE == settings.Autograde.sanitize_preprocessors


def test_autograde_gives_the_grades_of_score(warmup, results):
    """``nbgrader autograde`` enters what ``gradproof score`` does, partial credit included."""
    expected = {result.learner: {"scale": (float(result.score), False)} for result in results}
    found = {}
    for learner in expected:
        warmup.do("autograde", "warmup", learner)
        found[learner] = warmup.grades("warmup", learner)

    assert expected == found


def test_a_course_that_changes_is_read_anew(warmup):
    """Between two learners of one run, an edited check counts from then on."""
    warmup.do("autograde", "warmup", "bob")
    before = warmup.grades("warmup", "bob")
    path = warmup.root / "autograder_tests/warmup/scale/test_public.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"-(0\.\d+)", r"\1", text), encoding="utf-8")
    warmup.do("autograde", "warmup", "bob")

    assert {"scale": (3, False)} == before
    assert {"scale": (4, False)} == warmup.grades("warmup", "bob")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("", None, "there is no gradproof course in"),
        ('name = "warmup"', 'name = "second"', "no such exercise in an assignment warmup"),
        ('name = "scale"', 'name = "shift"', "no such exercise in an assignment warmup"),
    ],
)
def test_what_gradproof_cannot_find_is_graded_by_no_kernel(warmup, old, new, reason):
    """A graded cell that asks gradproof for what the course does not have is an error.

    A kernel would run its public checks alone, and might give full marks for them.
    """
    path = warmup.root / "assignments/course.toml"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    if new is not None:
        path.write_text(text.replace(old, new), encoding="utf-8")
    done = warmup.tried("autograde", "warmup", "bob")

    assert not done["success"]
    assert reason in f"{done}"
    assert not (warmup.root / "autograded/bob/warmup").exists()


@pytest.mark.parametrize(
    ("name", "names"), [("Warmup", {}), ("第1周 练习", {"第1周 练习": "warmup", "another": "warm"})]
)
def test_an_assignment_may_have_another_name_in_nbgrader(warmup, name, names):
    """Names that gradproof cannot have are led to its own in the configuration."""
    (warmup.root / "source/warmup").rename(warmup.root / "source" / name)
    warmup.do("generate_assignment", name)
    warmup.settings.GradproofGrades.assignments = names
    submit(warmup, "jo", marked(WRONG, "scale-solution"), marked("", "scale"), assignment=name)
    warmup.do("autograde", name, "jo")

    assert {"scale": (3, False)} == warmup.grades(name, "jo")


@pytest.mark.slow
def test_a_check_that_may_be_anothers_is_left_to_nbgrader(warmup):
    """A graded cell that calls ``check`` without taking it from gradproof is run, with a remark."""
    source = warmup.root / "source/warmup/warmup.ipynb"
    notebook = nbformat.read(source, as_version=4)
    notebook.cells[0] = nbformat.v4.new_code_cell("def check(name):\n    return 0.5")
    notebook.cells.append(marked("check('otters')", "theirs", points=2))
    nbformat.write(notebook, source)
    (warmup.root / "gradebook.db").unlink()
    warmup.do("generate_assignment", "warmup")
    submit(warmup, "hal", notebook.cells[0], marked("check('otters')", "theirs", points=2))
    done = warmup.do("autograde", "warmup", "hal")

    assert (0.5, False) == warmup.grades("warmup", "hal")["theirs"]
    assert "The graded cell theirs checks otters, but" in f"{done}"


def test_late_penalties_go_on_working(warmup):
    """Steps of nbgrader's own behind ours see our grades: late work is penalised as configured."""
    from nbgrader.api import Gradebook

    url = f"sqlite:///{warmup.root / 'gradebook.db'}"
    with Gradebook(url) as book:
        book.update_or_create_assignment("warmup", duedate="2020-01-01 00:00:00 UTC")
    warmup.do("autograde", "warmup", "bob")
    with Gradebook(url) as book:
        penalty = book.find_submission("warmup", "bob").notebooks[0].late_submission_penalty

    assert 3 == penalty


def test_no_trap_of_the_cell_output_rule_is_left(warmup):
    """A warning costs nothing, a value gains nothing, copies and rewritten cells do not count."""
    noisy = "import sys, warnings\nprint('!', file=sys.stderr)\nwarnings.warn('careful')\n"
    cells = [
        marked(noisy + WRONG, "scale-solution"),
        marked("import numpy\nnumpy.float64(4)", "scale", points=100),
        nbformat.v4.new_code_cell("print('no output worth a grade')"),
        marked("pass", "scale"),
    ]
    warmup.settings.Autograde.sanitize_preprocessors = UNIQUE
    submit(warmup, "dora", *cells)
    warmup.do("autograde", "warmup", "dora")

    assert {"scale": (3, False)} == warmup.grades("warmup", "dora")


def test_learners_code_runs_behind_the_walls_alone(warmup, tmp_path):
    """No kernel is started where gradproof grades everything."""
    trace = tmp_path / "trace"
    submit(
        warmup,
        "eve",
        marked(f"open({str(trace)!r}, 'w')\n{RIGHT}", "scale-solution"),
        marked("", "scale"),
    )
    warmup.do("autograde", "warmup", "eve")

    assert {"scale": (4, False)} == warmup.grades("warmup", "eve")
    assert not trace.exists()


def test_the_work_may_be_in_a_notebook_of_another_name(warmup):
    """Beside the untouched one, as everywhere; the comment on the answer says where."""
    from nbgrader.api import Gradebook

    empty = "def scale(x, factor):\n    raise NotImplementedError"
    submit(warmup, "cyd", marked(empty, "scale-solution"), marked("", "scale"))
    work = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(RIGHT)])
    nbformat.write(work, warmup.root / "submitted/cyd/warmup/warmup (1).ipynb")
    warmup.do("autograde", "warmup", "cyd")

    assert {"scale": (4, False)} == warmup.grades("warmup", "cyd")
    with Gradebook(f"sqlite:///{warmup.root / 'gradebook.db'}") as book:
        comment = book.find_comment("scale-solution", "warmup", "warmup", "cyd").auto_comment
    assert "Taken from warmup (1).ipynb, cell 1." in comment


def test_a_graded_cell_that_a_learner_deleted_is_put_back(warmup):
    """With nbgrader's own setting for it, who deletes the graded cell is graded all the same."""
    warmup.settings.OverwriteCells.add_missing_cells = True
    submit(warmup, "fay", marked(WRONG, "scale-solution"))
    warmup.do("autograde", "warmup", "fay")

    assert {"scale": (3, False)} == warmup.grades("warmup", "fay")


#: by learner: what they have made of the graded cell, and of its metadata
CHANGED: dict[str, tuple[str, object]] = {
    "not_graded": ("4", {"grade": False}),
    "an_answer": ("4", {"grade": False, "solution": True, "locked": False}),
    "a_manual_one": ("4", {"solution": True}),
    "a_task": ("4", {"grade": False, "task": True}),
    "unlocked": ("4", {"locked": False}),
    "more_points": ("4", {"points": 100}),
    "odd_points": ("4", {"points": "many"}),
    "outdated": ("4", {"schema_version": 2}),
    "of_the_future": ("4", {"schema_version": 99}),
    "without_id": ("4", {"grade_id": None}),
    "other_id": ("4", {"grade_id": "scale-solution"}),
    "a_number": ("4", 7),
    "a_list": ("4", [1]),
    "nothing": ("4", None),
}


@pytest.mark.slow
def test_changed_metadata_costs_no_grade_and_gains_none(warmup):
    """Whatever learners make of a graded cell's metadata, their answer is graded as ever."""
    warmup.settings.Autograde.sanitize_preprocessors = UNIQUE
    for learner, (text, change) in CHANGED.items():
        cell = marked(text, "scale")
        if isinstance(change, dict):
            cell.metadata.nbgrader.update(change)
        else:
            cell.metadata["nbgrader"] = change
        submit(warmup, learner, marked(WRONG, "scale-solution", grade=True, points=9), cell)
        warmup.tried("autograde", "warmup", learner)
    found = {learner: warmup.grades("warmup", learner) for learner in CHANGED}

    assert {learner: {"scale": (3, False)} for learner in CHANGED} == found


@pytest.mark.slow
def test_a_task_that_a_learner_deleted_is_put_back(warmup):
    """A locked task cell, prose that a person gives points for, is there again to be graded."""
    source = warmup.root / "source/warmup/warmup.ipynb"
    notebook = nbformat.read(source, as_version=4)
    task = nbformat.v4.new_markdown_cell("Draw it.", metadata=marked("", "drawing").metadata)
    task.metadata.nbgrader.update(grade=False, task=True, cell_type="markdown")
    notebook.cells.append(task)
    nbformat.write(notebook, source)
    (warmup.root / "gradebook.db").unlink()
    warmup.do("generate_assignment", "warmup")
    warmup.settings.Autograde.sanitize_preprocessors = UNIQUE
    submit(warmup, "ida", marked(WRONG, "scale-solution"), marked("", "scale"))
    warmup.do("autograde", "warmup", "ida")
    graded = nbformat.read(warmup.root / "autograded/ida/warmup/warmup.ipynb", as_version=4)

    assert "Draw it." == graded.cells[-1].source
    assert {"scale": (3, False), "drawing": (None, True)} == warmup.grades("warmup", "ida")


@pytest.mark.slow
def test_every_graded_cell_below_an_answer_comments_on_it(warmup):
    """Where two graded cells share an answer, the comment on it holds what both found."""
    from nbgrader.api import Gradebook

    source = warmup.root / "source/warmup/warmup.ipynb"
    notebook = nbformat.read(source, as_version=4)
    notebook.cells.append(marked("check('scale')", "scale-too", points=2))
    nbformat.write(notebook, source)
    (warmup.root / "gradebook.db").unlink()
    warmup.do("generate_assignment", "warmup")
    graded = [marked("check('scale')", "scale"), marked("check('scale')", "scale-too", points=2)]
    submit(warmup, "gil", marked(WRONG, "scale-solution"), *graded)
    warmup.do("autograde", "warmup", "gil")
    with Gradebook(f"sqlite:///{warmup.root / 'gradebook.db'}") as book:
        comment = book.find_comment("scale-solution", "warmup", "warmup", "gil").auto_comment

    assert {"scale": (3, False), "scale-too": (1.5, False)} == warmup.grades("warmup", "gil")
    assert 2 == comment.count("A negative factor changes every sign.")


def test_scores_by_hand_survive_autograde(warmup):
    """A manual score stays, and asks for a second look, as ever in nbgrader."""
    from nbgrader.api import Gradebook

    url = f"sqlite:///{warmup.root / 'gradebook.db'}"
    with Gradebook(url) as book:
        book.find_grade("scale", "warmup", "warmup", "bob").manual_score = 1
        book.db.commit()
    warmup.do("autograde", "warmup", "bob")
    with Gradebook(url) as book:
        grade = book.find_grade("scale", "warmup", "warmup", "bob")

        assert (3, 1, 1) == (grade.auto_score, grade.manual_score, grade.score)
        assert grade.needs_manual_grade
