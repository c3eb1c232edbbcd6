from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from .test_autograde import OURS, Nbgrader

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

CATALOGUE = """\
title = { en = "Quick", zh = "快速" }
seed = 7

[[assignment]]
name = "ps1"
title = { en = "Problem set", zh = "习题集" }
framework = "numpy"

[[assignment.exercise]]
name = "squares"
points = 4
title = { en = "Squares", zh = "平方" }
"""
SOURCE = """\
# %% [markdown] lang="en" exercise="squares"
# The squares of 1 to n.

# %% [markdown] lang="zh" exercise="squares"
# 1到n的平方。

# %% exercise="squares"
def squares(n):
    ### BEGIN SOLUTION
    return [i**2 for i in range(1, n + 1)]
    ### END SOLUTION
"""
CHECKS = '''\
from grader.checks import points


@points(3)
def test_length(student):
    """There are as many squares as were asked for.

    zh: 要多少个平方，就有多少个。
    """
    assert len(student.squares(4)) == 4


@points(1)
def test_values(student):
    """The squares of 1 to 4.

    zh: 1到4的平方。
    """
    assert student.squares(4) == [1, 4, 9, 16]
'''

SQUARES = """\
def squares(n):
    if n < 1:
        raise ValueError("n must be at least 1")
    return [i**2 for i in range(1, n + 1)]
"""
SUM = "def sum_of_squares(n):\n    return sum(squares(n))\n"
LOOP = "def sum_of_squares(n):\n    return n * (n + 1) * (2 * n + 1) // 6\n"
FROM_ZERO = "def squares(n):\n    return [i**2 for i in range(n)]\n"

#: by learner: what they wrote, by the id of the cell; None for a cell that they deleted
WRITTEN = {
    "right": {"squares": SQUARES, "sum_of_squares": SUM},
    "wrong": {"squares": FROM_ZERO, "sum_of_squares": SUM},
    "partly": {"squares": SQUARES, "sum_of_squares": LOOP},
    "broken": {"squares": "def squares(n:\n", "sum_of_squares": LOOP},
    "deleted": {"squares": SQUARES, "sum_of_squares": SUM, "correct_squares": None},
}
LATE = "partly"


class Quickstart(Nbgrader):
    """nbgrader's own example course, with its own configuration file."""

    def __init__(self, root: Path) -> None:
        from traitlets.config import PyFileConfigLoader

        super().__init__(root)
        self.settings.merge(PyFileConfigLoader("nbgrader_config.py", str(root)).load_config())

    def graded(self) -> dict[str, object]:
        """Grade the class; return everyone's grades, with the penalty for being late."""
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as book:
            book.update_or_create_assignment("ps1", duedate="2026-11-01 00:00:00 UTC")
        done: dict[str, object] = {}
        for learner in WRITTEN:
            self.do("autograde", "ps1", learner)
            with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as book:
                penalty = book.find_submission("ps1", learner).late_submission_penalty
            done[learner] = {**self.grades("ps1", learner), "late": penalty}
        return done


@pytest.fixture(scope="module")
def quickstart(tmp_path_factory):
    """Return nbgrader's example course, and the grades that its class got from nbgrader."""
    pytest.importorskip("nbgrader", reason="nbgrader is not installed")
    root = tmp_path_factory.mktemp("quickstart") / "course101"
    command = [sys.executable, "-m", "nbgrader", "quickstart", root.name]
    subprocess.run(command, cwd=root.parent, check=True, capture_output=True)
    configure(root, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    course = Quickstart(root)
    course.do("generate_assignment", "ps1")
    for learner, written in WRITTEN.items():
        hand_in(root, learner, written)
    return root, course.graded()


def configure(root: Path, *lines: str) -> None:
    """Add *lines* to the course's configuration."""
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)


def hand_in(root: Path, learner: str, written: dict[str, str | None]) -> None:
    """Fill the released notebook as *learner* did, and hand it in."""
    notebook = nbformat.read(root / "release/ps1/problem1.ipynb", as_version=4)
    for cell in list(notebook.cells):
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        text = written.get(name, cell.source)
        if text is None:
            notebook.cells.remove(cell)
        else:
            cell.source = text
    folder = root / "submitted" / learner / "ps1"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "problem1.ipynb")
    day = 2 if learner == LATE else 30
    month = 11 if learner == LATE else 10
    (folder / "timestamp.txt").write_text(f"2026-{month}-{day:02} 12:00:00 UTC")


def moved(root: Path) -> None:
    """Give the course gradproof's checks for one exercise, and let its graded cell ask for them."""
    for name, text in (
        ("assignments/course.toml", CATALOGUE),
        ("solutions/ps1/ps1.py", SOURCE),
        ("autograder_tests/ps1/squares/test_public.py", CHECKS),
    ):
        path = root / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    source = root / "source/ps1/problem1.ipynb"
    notebook = nbformat.read(source, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "correct_squares":
            cell.source = "from grader import check\n\ncheck('squares')"
    nbformat.write(notebook, source)


@pytest.mark.rare
def test_two_lines_change_no_grade(quickstart):
    """With our lines in its configuration, nbgrader's example gets the very same grades."""
    root, before = quickstart
    configure(root, f"c.Autograde.autograde_preprocessors = {OURS}")
    totals = {learner: total(grades) for learner, grades in before.items()}

    assert {"right": 3, "wrong": 0.5, "partly": 2.5, "broken": 0.5, "deleted": 2} == totals
    assert {LATE: 2.5} == {k: grades["late"] for k, grades in before.items() if grades["late"]}
    assert before == Quickstart(root).graded()


@pytest.mark.rare
def test_one_exercise_can_move(quickstart):
    """An exercise with gradproof's checks gets their share of its points, the rest stays.

    A graded cell that a learner deleted is put back by nbgrader's own setting for it.
    """
    root, before = quickstart
    moved(root)
    configure(
        root,
        f"c.Autograde.autograde_preprocessors = {OURS}",
        "c.OverwriteCells.add_missing_cells = True",
    )
    course = Quickstart(root)
    course.do("generate_assignment", "ps1")
    points = {"right": 1, "wrong": 0.75, "partly": 1, "broken": 0, "deleted": 1}
    expected = {
        learner: {**before[learner], "correct_squares": (earned, False)}
        for learner, earned in points.items()
    }

    assert expected == course.graded()


def total(grades: dict[str, object]) -> float:
    """Return the points in *grades*."""
    return sum(grade[0] or 0 for name, grade in grades.items() if name != "late")
