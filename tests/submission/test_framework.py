"""What a submission is written with."""

from __future__ import annotations

import pytest

from grader.exercise import Chunk, Submission
from grader.submission.framework import libraries
from grader.worker.adapters import COMPILER


def submission(framework: str, text: str) -> Submission:
    """Return *text* as a submission in *framework*."""
    return Submission("a.py", (Chunk("a.py", text),), framework, "00")


def test_every_framework_of_a_class_is_imported_beforehand() -> None:
    """One zygote serves all submissions of a class."""
    of_a_class = [submission("torch", "def f(): ..."), submission("numpy", "import optim")]

    assert ["numpy", "torch"] == libraries(of_a_class)


@pytest.mark.parametrize(
    "line",
    [
        "from torch import optim",
        "trainer = torch.optim.SGD(net.parameters(), lr=0.1)",
        "from torch.func import grad",
        "net = torch.compile(net)",
    ],
)
def test_what_needs_pytorchs_compiler_has_it_imported_beforehand(line: str) -> None:
    """It takes as long to import as PyTorch itself, and only optimizers and their like want it."""
    assert ["torch", COMPILER] == libraries([submission("torch", line)])


def test_the_compiler_is_left_out_where_nothing_needs_it() -> None:
    """A sentence about optimal shapes is no optimizer, and a regular expression no network."""
    text = "# the optimal shape\nimport torch, re\nWORD = re.compile('[a-z]+')"

    assert ["torch"] == libraries([submission("torch", text)])
