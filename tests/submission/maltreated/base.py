"""A sound notebook, the means to change it, and the list of what is done to such."""

from __future__ import annotations

import base64
import copy
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from grader.course.catalogue import Course
from grader.gradebook.cell_metadata import release_notebook, solution_id

COURSE = Course.load(Path(__file__).resolve().parents[3])
ASSIGNMENT = COURSE.assignment("softmax_regression")

#: what a learner wrote; one exercise is right in part only, so that points are not all or nothing
ANSWERS = {
    "softmax": """\
def softmax(X):
    E = torch.exp(X - X.amax(dim=1, keepdim=True))
    return E / E.sum(dim=1, keepdim=True)""",
    "log_softmax": """\
def log_softmax(X):
    return torch.log(softmax(X))""",
    "cross_entropy": """\
def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y])""",
    "softmax_cross_entropy_gradient": """\
def softmax_cross_entropy_gradient(logits, y):
    G = softmax(logits)
    G[range(len(y)), y] -= 1
    return G / len(y)""",
}

_numbers = itertools.count()

Notebook = Any
#: changes a notebook; returns the bytes of the file where they are not its ordinary JSON
Edit = Callable[[Notebook], bytes | None]


@dataclass(frozen=True)
class Maltreatment:
    """What is done to a sound notebook.

    Attributes:
        costs: exercises that cannot be graded after it, and words that the learner is told then.
    """

    edit: Edit
    costs: dict[str, str]


MALTREATMENTS: dict[str, Maltreatment] = {}


def maltreatment(**costs: str) -> Callable[[Edit], Edit]:
    """Enter a function as a maltreatment, by its name."""

    def enter(edit: Edit) -> Edit:
        MALTREATMENTS[edit.__name__] = Maltreatment(edit, costs)
        return edit

    return enter


@cache
def _released() -> Notebook:
    return json.loads(json.dumps(release_notebook(COURSE, ASSIGNMENT, "en")))


def sound() -> Notebook:
    """Return the notebook of a learner who did as told."""
    notebook = copy.deepcopy(_released())
    for name, answer in ANSWERS.items():
        answer_cell(notebook, name)["source"] = answer
    return notebook


def maltreated(name: str) -> bytes:
    """Return the file that the maltreatment *name* makes of a sound notebook."""
    notebook = sound()
    return MALTREATMENTS[name].edit(notebook) or written(notebook)


def written(notebook: Notebook) -> bytes:
    """Return *notebook* as Jupyter writes it."""
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode()


def answer_cell(notebook: Notebook, exercise: str) -> Any:
    """Return the cell of *notebook* that the learner fills for *exercise*."""
    (found,) = (cell for cell in notebook["cells"] if grade_id_in(cell) == solution_id(exercise))
    return found


def grade_id_in(cell: Any) -> str:
    """Return what nbgrader calls *cell*; empty for others."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def code(source: str) -> Any:
    """Return a new cell of code."""
    return {
        "cell_type": "code",
        "id": f"new-{next(_numbers)}",
        "metadata": {},
        "source": source,
        "execution_count": None,
        "outputs": [],
    }


def first(notebook: Notebook, *sources: str) -> None:
    """Put cells before everything else."""
    notebook["cells"][:0] = [code(source) for source in sources]


def last(notebook: Notebook, *sources: str) -> None:
    """Put cells behind everything else."""
    notebook["cells"] += [code(source) for source in sources]


def above(notebook: Notebook, exercise: str, *lines: str) -> None:
    """Put lines above an answer, in its cell."""
    cell = answer_cell(notebook, exercise)
    cell["source"] = "\n".join([*lines, cell["source"]])


def image(size: int) -> Any:
    """Return the output of a plot, of *size* bytes in the file."""
    picture = base64.b64encode(bytes(size // 4 * 3)).decode()
    return {"output_type": "display_data", "data": {"image/png": picture}, "metadata": {}}


def printed(*lines: str) -> Any:
    """Return the output of ``print``."""
    return {"output_type": "stream", "name": "stdout", "text": list(lines)}
