from __future__ import annotations

import ast

import pytest

from grader.course.editions import EDITIONS, in_edition, unbound
from grader.course.slots import slot_of
from grader.course.source import Cell
from grader.course.starters import render
from grader.errors import AuthoringError
from grader.exercise import FRAMEWORKS
from grader.submission.slot import Status, found_in

SOURCE = "solutions/basics/basics.py"


def code(text, own="torch", framework="jax", **rest):
    """Return given code of *own* as starters of *framework* have it."""
    return "".join(
        cell.text for cell in in_edition([Cell("code", text, 1, **rest)], own, framework)
    )


def prose(text, framework):
    """Return prose as starters of *framework* have it."""
    (cell,) = in_edition([Cell("markdown", text, 1, "en")], "torch", framework)
    return cell.text


def test_every_framework_has_an_edition():
    """Their imports are valid Python and import nothing of another framework's."""
    assert tuple(EDITIONS) == FRAMEWORKS
    for framework, edition in EDITIONS.items():
        ast.parse(edition.imports)
        assert edition.packages[0] in edition.imports
        assert code(edition.imports, framework, framework) == edition.imports


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("own", FRAMEWORKS)
def test_an_import_of_the_own_framework_becomes_that_of_the_starter(own, framework):
    """From every framework to every other."""
    assert code(EDITIONS[own].imports.split("\n")[0], own, framework).startswith(
        EDITIONS[framework].imports.split("\n")[0]
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("import math\nimport torch\n\nx = 1", "import math\nJAX\n\nx = 1"),
        ("import torch\nfrom torch import nn\nfrom torch.nn import functional as F", "JAX"),
        ("import torch, math", "JAX\nimport math"),
        ("import math, torch.nn as nn", "JAX\nimport math"),
        ("from .torch import x", "from .torch import x"),
        ("import torchlight", "import torchlight"),
        ("import matplotlib.pyplot as plt", "import matplotlib.pyplot as plt"),
    ],
)
def test_only_imports_of_the_framework_are_replaced(given, expected):
    """All of them by one; what else is imported stays."""
    assert code(given) == expected.replace("JAX", EDITIONS["jax"].imports)


def test_a_story_has_numpy_beside_any_framework():
    """Its plots are drawn from arrays of NumPy; a name of its own for NumPy is the framework's."""
    cells = [Cell("code", "import numpy as np", 1)]
    cells += [Cell("code", f"{text}\nx = 1", 1, story=("f",)) for text in ("import numpy", "")]
    cells += [Cell("code", "import numpy as np\nx = 2", 1, story=("f",))]
    texts = [cell.text for cell in in_edition(cells, "numpy", "torch")]

    assert texts == ["import torch", "import numpy\nx = 1", "x = 1", "x = 2"]


def test_a_starter_imports_its_framework_once():
    """In the first cell that imports that of the reference; a cell of nothing else is left out."""
    cells = [Cell("code", text, 1) for text in ("import torch", "from torch import nn", "x = 1")]
    texts = [cell.text for cell in in_edition(cells, "torch", "tensorflow")]

    assert texts == ["import tensorflow as tf", "x = 1"]


def test_a_cell_for_one_framework_stays_as_it_is_written():
    """It says itself what it needs, of other frameworks, too."""
    text = "import numpy as np\nimport tensorflow as tf"

    assert code(text, "numpy", "tensorflow", frameworks=("tensorflow",)) == text


def test_annotations_name_the_type_of_the_framework():
    """Also in an exercise's signature."""
    text = "def f(x: torch.Tensor, n: int) -> torch.Tensor:\n    return x"

    for framework, kind in (("tensorflow", "tf.Tensor"), ("jax", "jax.Array")):
        assert code(text, "torch", framework, exercise="f") == text.replace("torch.Tensor", kind)


@pytest.mark.parametrize(
    ("text", "tensor", "array"),
    [
        ("Return an array.", "Return a tensor.", "Return an array."),
        (
            "A tensor, a list of\narrays",
            "A tensor, a list of\ntensors",
            "An array, a list of\narrays",
        ),
        ("is a\ntensor", "is a\ntensor", "is an\narray"),
        ("a new array-like thing", "a new tensor-like thing", "a new array-like thing"),
        ("Tensors", "Tensors", "Arrays"),
        ("a NumPy array, PyTorch\ntensors", "a NumPy array, PyTorch\ntensors", None),
        (r"`array` and $\begin{array}$ stay", r"`array` and $\begin{array}$ stay", None),
        ("$$\n\\begin{array}\n$$\n\n```\nx = array\n```", None, None),
        ("arraysort", "arraysort", None),
        ("返回一个数组", "返回一个张量", "返回一个数组"),
        ("NumPy数组", "NumPy数组", None),
    ],
)
def test_arrays_are_called_as_in_the_framework(text, tensor, array):
    """With their article; not in code, in formulas, or where another framework is named."""
    for framework in ("torch", "tensorflow"):
        assert prose(text, framework) == (tensor or text)
    for framework in ("numpy", "jax", "mxnet"):
        assert prose(text, framework) == (array or tensor or text)


def test_comments_and_docstrings_speak_the_framework_and_code_does_not():
    """A string that is a value means what it says."""
    text = '''\
def f(x):
    """Return an array.

    It is a new array.
    """
    kinds = [
        "array",
    ]
    return x, "array"  # an array
'''
    said = text.replace("Return an array", "Return a tensor").replace("# an array", "# a tensor")

    assert code(text, "torch", "torch") == said.replace("a new array", "a new tensor")


def test_names_that_nothing_defines_are_found():
    """Wherever they are used; names are known however they are bound."""
    text = """\
import a.b as c, d.e
from f import g as h

try:
    k = [len(i) for i in d.x]
except OSError as error:
    print(error, __name__)
match k:
    case {"x": m, **n} | [m, *n]:
        del m

def o(p, *q, r=tf.zeros(3), **s) -> h.T:
    global t
    with c as t, open(u) as v:
        return (p, q, r, s, t, v, lambda w: w + x)
"""
    assert unbound(["y = 1", text]) == [(1, "tf"), (1, "u"), (1, "x")]
    assert unbound(["from helpers import *", text]) == []


def test_code_for_another_framework_is_refused_with_its_line(edit):
    """A starter that would not run is never handed out; a cell for the framework mends it."""
    course = edit(SOURCE, "# %%\nimport math\n", "# %%\nimport torch\n\nEYE = torch.eye(3)\n")

    with pytest.raises(AuthoringError, match="starters of jax have no 'torch' here") as caught:
        render(course, course.assignments[0], "en", "jax")
    assert 'write a cell with framework="jax" in its header' in caught.value.what
    assert caught.value.line == 10
    assert "torch.eye" in render(course, course.assignments[0], "en")["basics.py"]

    course = edit(
        SOURCE,
        "# %%\nimport torch\n\nEYE = torch.eye(3)\n",
        '# %% framework="torch"\nimport torch\n\nEYE = torch.eye(3)\n\n'
        '# %% framework="jax"\nimport jax.numpy as jnp\n\nEYE = jnp.eye(3)\n',
    )
    starter = render(course, course.assignments[0], "en", "jax")["basics.py"]
    assert "# framework: jax\nimport jax.numpy as jnp\n\nEYE = jnp.eye(3)\n" in starter


def test_an_exercise_without_a_cell_for_the_framework_is_refused(edit):
    """All that the starter needs must be there."""
    header = '# %% exercise="double"'
    course = edit(SOURCE, header, f'{header} framework="torch"')

    with pytest.raises(AuthoringError, match="'double' has no code cell"):
        render(course, course.assignments[0], "en", "numpy")


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_untouched_starters_of_every_framework_are_blank(edit, framework):
    """Also where what is given with an exercise differs between frameworks."""
    edit(SOURCE, "import math", "import torch")
    given = "class Half:\n    def kind(self):\n        return torch.Tensor\n\n"
    course = edit(SOURCE, "class Half:\n", given)
    (assignment,) = course.assignments
    text = render(course, assignment, "en", framework)["basics.py"]
    slot = slot_of(course, assignment)

    found = found_in([text], slot.starter)
    assert {name: one.status for name, one in found.items()} == {
        "double": Status.BLANK,
        "Half": Status.BLANK,
    }
    assert found_in([text], {"Half": frozenset()})["Half"].status is Status.WRITTEN
