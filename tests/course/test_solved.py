from __future__ import annotations

import pytest

from grader.course.solved import blank_cell, solved_cells
from grader.course.source import BEGIN, END

SOURCE = "solutions/basics/basics.py"
FILLED = f"""\
def double(x):
    \"\"\"Twice x.\"\"\"
    factor = 2
    {BEGIN}
    y = x + x
    return y
    {END}"""


@pytest.fixture
def accept(root):
    """Return a function that writes an accepted variant."""
    home = root / "solutions/basics/accepted"
    home.mkdir()

    def accept(name, text):
        (home / f"{name}.py").write_text(text, encoding="utf-8")

    return accept


def solved(course, framework="jax"):
    """Return the solved cells of the course's only assignment."""
    return solved_cells(course, course.assignments[0], framework)


def test_the_reference_solves_its_own_framework(course):
    """Its cells are the solutions."""
    assert "    y = factor * x\n" in solved(course, "torch")["double"]
    assert list(solved(course, "torch")) == ["double", "Half"]


def test_an_accepted_variant_solves_another_framework(course, accept):
    """Its body stands in the starter's function; what has no solution is left out."""
    accept("a", "# framework: torch\ndef double(x):\n    return x + x + 0\n")
    accept("b", '# framework: jax\ndef double(x):\n    """2x."""\n    y = x + x\n    return y\n')

    assert solved(course) == {"double": FILLED}


def test_what_a_solution_needs_stands_at_its_beginning(course, accept):
    """Imports, constants and functions beside it, and what these need; nothing else."""
    text = """\
# framework: jax
import random
import os

import jax

TWO = 2


@jax.jit
def own(x):

    return x * TWO


def other(x):
    return os.sep


def double(x):
    random.random()
    return own(x)
"""
    accept("a", text)
    code = solved(course)["double"]

    begun = code.partition(f"    {BEGIN}\n")[2]
    assert (
        begun
        == f"""\
    import random
    import jax
    TWO = 2
    @jax.jit
    def own(x):

        return x * TWO
    random.random()
    return own(x)
    {END}"""
    )


@pytest.mark.parametrize(
    "text",
    [
        "def double(y):\n    return y + y\n",
        "def double(x):\n    return own(x)\n",
        "def double(x):\n    return x / Half()(1)\n",
        "def double(x):\n    return own(x)\ndef own(x):\n    return more(x)\n",
        "import jax\n@jax.jit\ndef double(x):\n    return 2 * x\n",
        "def double(x): return 2 * x\n",
        "double = lambda x: 2 * x\n",
        "key = 2\ndef double(x):\n    global key\n    key = key + 1\n    return 2 * x\n",
        "if True:\n    def double(x):\n        return 2 * x\n",
    ],
)
def test_what_does_not_fit_the_starter_is_no_solution(course, accept, text):
    """Other arguments, names that nothing defines, a shape that is not cut; the next may fit."""
    accept("a", f"# framework: jax\n{text}")
    assert solved(course) == {}

    accept("b", "# framework: jax\ndef double(x):\n    y = x + x\n    return y\n")
    assert solved(course) == {"double": FILLED}


def test_a_cell_for_one_framework_has_its_own_solution(edit):
    """Of the frameworks that it names, if it is one."""
    course = edit(SOURCE, '# %% exercise="double"', '# %% exercise="double" framework="torch"')
    text = course.reference(course.assignments[0]).read_text("utf-8")
    cell = text[text.index('# %% exercise="double"') :].split("# %% [")[0]
    theirs = cell.replace('"torch"', '"jax"').replace("y = factor * x", "y = x + x")
    header = '# %% [markdown] lang="en" exercise="Half"'
    course = edit(SOURCE, header, f"{theirs}{header}")

    assert solved(course) == {"double": FILLED}


def test_where_there_is_no_solution_its_place_is_marked():
    """As nbgrader wants it."""
    stub = 'class A:\n    def f(self):\n        raise NotImplementedError("A")\n\n    g = 1'
    mark = "        "

    marked = stub.replace(f"{mark}raise", f"{mark}{BEGIN}\n{mark}raise")
    assert blank_cell(stub) == marked.replace('("A")', f'("A")\n{mark}{END}')
