"""Kits of the course in a kernel, as a learner opens them, in each framework."""

from __future__ import annotations

import base64
import os
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest

from grader.course.catalogue import Course
from grader.course.editions import EDITIONS
from grader.course.solved import solved_cells
from grader.exercise import Assignment
from grader.kit import release as kit_release
from grader.kit.recorded_hints import Hints
from grader.kit.release import release
from grader.submission.read import read_submission

from ..waiting import PATIENCE

nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

pytestmark = [pytest.mark.slow, pytest.mark.rare, pytest.mark.filterwarnings("ignore")]

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT)
#: where pictures are kept that somebody wants to look at
PICTURES = "GRADPROOF_SCREENSHOTS"
#: the last cell of a solved notebook, which says what has lost points
LAST = """\
result = check().result
lost = [(one.name, one.message) for one in result.checks if one.message]
print(result.framework, lost)
"""
DRAWS = find_spec("matplotlib") is not None
KITS = [
    (name, framework)
    for name in ("linear_regression", "softmax_regression", "multilayer_perceptron")
    for framework in COURSE.assignment(name).frameworks
]


@pytest.fixture
def kit(request, tmp_path, monkeypatch):
    """Return an assignment, a framework, and a kit in it; hints, which take long, are left out."""
    name, framework = request.param
    if find_spec(framework) is None:
        pytest.skip(f"{EDITIONS[framework].title} is not installed")
    monkeypatch.setenv("PYTHONPATH", str(ROOT), prepend=os.pathsep)
    assignment = COURSE.assignment(name)
    none = {exercise.name: Hints({}, False, []) for exercise in assignment.exercises}
    monkeypatch.setattr(kit_release, "record_hints", lambda *_: none)
    return assignment, framework, release(COURSE, assignment, tmp_path, "en", framework=framework)


def solutions(assignment: Assignment, framework: str) -> dict[str, str]:
    """Return the code of each exercise: as it fits the starter, or all that holds a variant."""
    found = solved_cells(COURSE, assignment, framework)
    for path in COURSE.accepted(assignment):
        submission = read_submission(path, assignment.name)
        text = "\n".join(chunk.text for chunk in submission.chunks)
        for exercise in assignment.exercises if submission.framework == framework else ():
            if f"\ndef {exercise.name}(" in f"\n{text}":
                found.setdefault(exercise.name, text)
    return found


def executed(notebook, folder):
    """Run *notebook* in a kernel; return by cell all that it shows, as text, and its pictures."""
    place = {"metadata": {"path": str(folder)}}
    nbclient.NotebookClient(notebook, timeout=PATIENCE, resources=place).execute()
    shown, pictures = {}, {}
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            text = output.get("text", "") + data.get("text/plain", "")
            shown[cell.id] = shown.get(cell.id, "") + text
            if "image/png" in data:
                pictures[cell.id] = data["image/png"]
    return shown, pictures


@pytest.mark.parametrize("kit", KITS, indirect=True, ids="-".join)
def test_a_kit_runs_to_its_end_untouched_and_solved(kit):
    """Untouched, checks and stories say what is missing; solved, all pass, with pictures."""
    assignment, framework, folder = kit
    names = [exercise.name for exercise in assignment.exercises]
    path = folder / f"{assignment.name}.ipynb"
    untouched, _ = executed(nbformat.read(path, 4), folder)
    solved = nbformat.read(path, 4)
    code = solutions(assignment, framework)
    for cell in solved.cells:
        if cell.cell_type == "code" and cell.id.endswith("-code"):
            cell.source = code[cell.id.removesuffix("-code")]
    solved.cells.append(nbformat.v4.new_code_cell(LAST, id="all"))
    shown, pictures = executed(solved, folder)
    told = [cell for cell in solved.cells if "story" in cell.metadata.get("gradproof", {})]
    stories = [cell.id for cell in told if cell.cell_type == "code"]
    keep(pictures, f"{assignment.name}-{framework}")

    assert all(f"{name} is not written yet." in untouched[f"{name}-check"] for name in names)
    goes_on = "The story goes on here once this works" if DRAWS else "install what is missing"
    assert [] == [untouched[name] for name in stories if goes_on not in untouched[name]]
    assert shown["all"] == f"{framework} []\n"
    assert sorted(pictures) == sorted(stories if DRAWS else ())


def keep(pictures: dict[str, str], name: str) -> None:
    """Write pictures to the folder that somebody named for them."""
    if place := os.environ.get(PICTURES):
        Path(place).mkdir(parents=True, exist_ok=True)
        for cell, data in pictures.items():
            Path(place, f"{name}-{cell}.png").write_bytes(base64.b64decode(data))
