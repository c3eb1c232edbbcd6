"""Notebooks of the course run from top to bottom once they are solved, in each edition."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest

from grader.course.catalogue import Course
from grader.course.solved import solved_cells
from grader.course.starters import checked_by, render
from grader.exercise import Assignment, Language
from grader.submission.read import read_submission
from grader.worker import mxnet_import

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

COURSE = Course.load(Path(__file__).parents[2])
LANGUAGES: tuple[Language, ...] = ("en", "zh")
#: the reference's edition in both languages, the others, which take longest, in Chinese
EDITIONS = [
    pytest.param(
        assignment.name,
        framework,
        language,
        marks=() if framework == assignment.framework else pytest.mark.rare,
    )
    for assignment in COURSE.assignments
    for framework in assignment.frameworks
    for language in LANGUAGES
    if language == "zh" or framework == assignment.framework
]


def variants(assignment: Assignment, framework: str) -> dict[str, object]:
    """Return the functions of the accepted variants in *framework*, the first of each name."""
    found: dict[str, object] = {}
    for path in COURSE.accepted(assignment):
        submission = read_submission(path, assignment.name)
        if submission.framework == framework:
            names: dict[str, object] = {}
            exec("\n".join(chunk.text for chunk in submission.chunks), names)
            found = names | found
    return {one.name: found[one.name] for one in assignment.exercises if one.name in found}


@pytest.mark.parametrize(("name", "framework", "language"), EDITIONS)
def test_a_solved_notebook_runs_from_top_to_bottom(
    name, framework, language, shown, capsys, monkeypatch
):
    """Every story is told, to its picture; check cells, which start workers, are left out."""
    if find_spec(framework) is None:
        pytest.skip(f"{framework} is not installed")
    mxnet_import.allow()
    assignment = COURSE.assignment(name)
    # given files lie beside a notebook
    monkeypatch.syspath_prepend(COURSE.given_dir(assignment))
    text = render(COURSE, assignment, language, framework)[f"{name}.ipynb"]
    solved = solved_cells(COURSE, assignment, framework)
    others = variants(assignment, framework)
    cells = [c for c in nbformat.reads(text, as_version=4).cells if c.cell_type == "code"]
    stories = [cell for cell in cells if cell.id.startswith("story-")]
    names: dict[str, object] = {"__name__": "__main__"}

    for cell in cells:
        exercise = cell.id.removesuffix("-code")
        if exercise in solved:
            exec(solved[exercise], names)
        elif cell.id.endswith("-code"):
            names[exercise] = others[exercise]
        elif checked_by(cell) is None:
            exec(cell.source, names)

    assert capsys.readouterr().out == ""
    assert len(shown) == len(stories)
