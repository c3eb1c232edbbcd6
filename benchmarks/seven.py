"""A course of one assignment, seven exercises of this course in PyTorch, and a mixed class for it.

What graders are compared on: a loss, an update in place, a random layer, gradients, a convolution
and a recurrent cell, with the checks that this course has for them.
"""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

from grader.course.catalogue import Course, apply_mistake, catalogue_file
from grader.course.exercise_folder import MISTAKES
from grader.course.source import BEGIN, END, exercise_of, reference_text, split_cells

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = "seven"
EXERCISES = {
    "squared_loss": "linear_regression",
    "sgd": "linear_regression",
    "softmax": "softmax_regression",
    "dropout": "generalization",
    "linear_backward": "multilayer_perceptron",
    "conv2d": "convolution",
    "lstm_cell": "recurrent",
}
#: what every submission begins with; checks of gradients ask the reference for the layer itself
GIVEN = """\
import torch


def linear_forward(x, W, b):
    return x @ W + b
"""
#: what this course has in NumPy; and mistakes in it, as edits of one line
IN_TORCH = {
    "linear_backward": "    return dout @ W.T, x.T @ dout, dout.sum(dim=0)",
    "conv2d": """\
    n, _, h, _ = X.shape
    c_out, _, kh, kw = W.shape
    columns = torch.nn.functional.unfold(X, (kh, kw), stride=stride, padding=padding)
    rows = (h + 2 * padding - kh) // stride + 1
    Y = W.reshape(c_out, -1) @ columns + b[:, None]
    return Y.reshape(n, c_out, rows, -1)""",
}
EDITS = {
    "linear_backward": [("dout.sum(dim=0)", "dout.mean(dim=0)"), ("dout @ W.T", "dout @ W")],
    "conv2d": [("padding=padding", "padding=0"), ("+ b[:, None]", "")],
}
#: what an instructor without gradproof asks of each exercise: two statements each
ASSERTS = {
    "squared_loss": [
        "torch.manual_seed(0); a, b = torch.randn(5, 1), torch.randn(5, 1)\n"
        "assert torch.allclose(squared_loss(a, b), (a - b) ** 2 / 2)",
        "assert squared_loss(torch.ones(3, 1), torch.zeros(3)).shape == (3, 1)",
    ],
    "sgd": [
        "p, g = torch.ones(3, 2), torch.full((3, 2), 4.0)\n"
        "sgd([p], [g], 0.5, 2); assert torch.allclose(p, torch.zeros(3, 2))",
        "p = torch.ones(2); q = p; sgd([p], [torch.ones(2)], 0.1, 1); assert q is p",
    ],
    "softmax": [
        "torch.manual_seed(0); X = torch.randn(4, 7)\n"
        "assert torch.allclose(softmax(X), torch.softmax(X, dim=1), atol=1e-6)",
        "assert not softmax(torch.tensor([[1000.0, 0.0]])).isnan().any()",
    ],
    "dropout": [
        "torch.manual_seed(0); Y = dropout(torch.ones(1000, 10), 0.4)\n"
        "assert abs((Y == 0).float().mean() - 0.4) < 0.05 and abs(Y.mean() - 1) < 0.05",
        "X = torch.randn(3, 4); assert torch.equal(dropout(X, 0.5, training=False), X)",
    ],
    "linear_backward": [
        "torch.manual_seed(0); x, W, d = torch.randn(4, 3), torch.randn(3, 2), torch.randn(4, 2)\n"
        "dx, dW, db = linear_backward(d, x, W); assert torch.allclose(dx, d @ W.T, atol=1e-6)",
        "assert torch.allclose(dW, x.T @ d, atol=1e-6) and torch.allclose(db, d.sum(0), atol=1e-6)",
    ],
    "conv2d": [
        "torch.manual_seed(0); X, W, b = torch.randn(2, 3, 6, 5), torch.randn(4, 3, 3, 2), "
        "torch.randn(4)\n"
        "Y = torch.nn.functional.conv2d(X, W, b, stride=2, padding=1)\n"
        "assert torch.allclose(conv2d(X, W, b, 2, 1), Y, atol=1e-4)",
        "assert conv2d(X, W, b).shape == (2, 4, 4, 4)",
    ],
    "lstm_cell": [
        "torch.manual_seed(0); x, h, c = torch.randn(2, 3), torch.randn(2, 4), torch.randn(2, 4)\n"
        "U, V, b = torch.randn(3, 16), torch.randn(4, 16), torch.randn(16)\n"
        "H, C = lstm_cell(x, h, c, U, V, b); i, f, g, o = (x @ U + h @ V + b).chunk(4, 1)\n"
        "D = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)\n"
        "assert torch.allclose(C, D, atol=1e-5)",
        "assert torch.allclose(H, torch.sigmoid(o) * torch.tanh(C), atol=1e-5)",
    ],
}
#: the part of the class that makes no mistake, and the part that leaves exercises unwritten
_RIGHT, _UNWRITTEN = 0.4, 0.1
_SOLUTION = re.compile(rf"(?<={BEGIN}\n).*?(?=\n    {END})", re.DOTALL)


def make_course(home: Path) -> Course:
    """Write the course to *home* and return it."""
    catalogue = catalogue_file(ROOT).read_text("utf-8")
    head, *entries = re.split(r"(?m)^(?=\[\[)", catalogue)
    texts = [head, f'[[assignment]]\nname = "{ASSIGNMENT}"\nframework = "torch"\n']
    texts += ['title = { en = "Seven", zh = "七题" }\n\n']
    cells = [f"# %%\n{GIVEN}"]
    for exercise, assignment in EXERCISES.items():
        texts += [one for one in entries if re.search(rf'(?m)^name = "{exercise}"$', one)]
        source = ROOT / "solutions" / assignment / f"{assignment}.py"
        for _number, rest, body in split_cells(source):
            if exercise_of(rest) == exercise and 'story="' not in rest:
                cells.append("\n".join([f"# %%{rest}", *body]).rstrip() + "\n")
        checks = home / "autograder_tests" / ASSIGNMENT / exercise
        shutil.copytree(ROOT / "autograder_tests" / assignment / exercise, checks)
        if exercise in IN_TORCH:
            cells[-1] = _in_torch(cells[-1], IN_TORCH[exercise])
            (checks / MISTAKES).unlink()
    for path, text in (
        (catalogue_file(home), "".join(texts)),
        (home / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.py", "\n".join(cells)),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Course.load(home)


def class_of(course: Course, size: int) -> dict[str, str]:
    """Return *size* submissions by learner: two of five are right, the others are not.

    Those have one to three of the known mistakes, or have left exercises unwritten.
    """
    generator = random.Random(20261120)
    assignment = course.assignments[0]
    cells = course.source(assignment)
    right = reference_text(cells)
    wrong: dict[str, list[str]] = {exercise: [] for exercise in EXERCISES}
    for mistake in course.mistakes(assignment):
        text = apply_mistake(cells, mistake)
        wrong[mistake.exercise].append(_function(text, mistake.exercise))
    for exercise, edits in EDITS.items():
        wrong[exercise] = [_function(right, exercise).replace(*edit) for edit in edits]
    found = {}
    for number in range(size):
        kind, text = generator.random(), right
        if kind > 1 - _UNWRITTEN:
            for exercise in generator.sample(sorted(EXERCISES), generator.randint(1, 7)):
                text = _unwritten(text, exercise)
        elif kind > _RIGHT:
            for exercise in generator.sample(sorted(EXERCISES), generator.randint(1, 3)):
                text = text.replace(_function(text, exercise), generator.choice(wrong[exercise]))
        # equal bytes would be one submission handed in twice
        found[f"learner{number:05}"] = f"# framework: torch\n# {number}\n{text}"
    return found


def parts_of(text: str) -> dict[str, str]:
    """Return what a submission writes for each exercise, and under "" what stands before."""
    found = {exercise: _function(text, exercise).strip() for exercise in EXERCISES}
    return {"": text[: text.index(f"def {next(iter(EXERCISES))}(")].strip(), **found}


def _in_torch(cell: str, body: str) -> str:
    return _SOLUTION.sub(lambda _match: body, cell).replace("np.ndarray", "torch.Tensor")


def _unwritten(text: str, exercise: str) -> str:
    whole = _function(text, exercise)
    head = whole[: whole.index("    ### BEGIN SOLUTION")]
    return text.replace(whole, f"{head}    raise NotImplementedError\n\n\n")


def _function(text: str, name: str) -> str:
    """Return the text of a top-level function."""
    found = re.search(rf"^def {name}\(.*?(?=^\S(?!:|\) ->)|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[0]
