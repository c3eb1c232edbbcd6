"""What a submission is written with."""

from __future__ import annotations

import pytest

from grader.exercise import Chunk, Submission
from grader.submission.framework import imported, libraries
from grader.worker.library_imports import COMPILER


def submission(framework: str, text: str) -> Submission:
    """Return *text* as a submission in *framework*."""
    return Submission("a.py", (Chunk("a.py", text),), framework, "00")


def test_every_framework_of_a_class_is_imported_beforehand() -> None:
    """One zygote serves all submissions of a class."""
    of_a_class = [submission("torch", "def f(): ..."), submission("numpy", "import optim")]

    assert ["numpy", "torch"] == libraries(of_a_class)


def test_frameworks_that_are_imported_for_a_part_of_the_work_are_so_as_well() -> None:
    """Keras brings TensorFlow."""
    mixed = submission("torch", "import torch, jax.numpy as jnp\nfrom keras import layers")

    assert ["jax", "tensorflow", "torch"] == libraries([mixed])


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


@pytest.mark.parametrize(
    ("main", "files"),
    [
        ("from helper import scale", {"helper.py": "import torch"}),
        (
            "from .utils import *",
            {"hw/utils/__init__.py": "from .ops import *", "hw/utils/ops.py": "import torch"},
        ),
        (
            "import course.nn.layers as nn",
            {"course/nn/layers.py": "import torch", "course/old.py": "import numpy"},
        ),
        ("from needle import ops", {"python/needle/ops.py": "import torch"}),
    ],
)
def test_a_framework_that_only_a_helper_imports_counts(main: str, files: dict[str, str]) -> None:
    """The work may be a few lines that take everything from helper modules."""
    texts = [(name, text.encode()) for name, text in files.items()]

    assert imported([Chunk("a.py", main)], "numpy", lambda: texts) == "torch"


def test_a_framework_that_no_imported_helper_needs_does_not_count() -> None:
    """Tests and old work lie beside it, too."""
    files = [("helper.py", b"import math"), ("test_work.py", b"import torch")]

    assert imported([Chunk("a.py", "from helper import scale")], "torch", lambda: files) == "numpy"
