"""A marimo notebook is read cell by cell, as it was typed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submission.percent_cells import chunks
from grader.worker.loader import Source, load

TOP = """\
# framework: numpy
import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium")
"""
END = """\


if __name__ == "__main__":
    app.run()
"""
CELLS = '''
with app.setup(hide_code=True):
    import math


@app.cell(hide_code=True)
def _(mo):
    mo.md(
        r"""
    Some text:
        return nothing
    """
    )
    return


@app.cell
def named(
    K,
    mo,
):
    def area(r):
        """The area.

        return it.
        """
        if r < 0:
            return 0
        return K * r**2

    text = """
    kept as
      typed
    """
    return area, text


@app.cell
def _():
    K = math.pi
    return (
        K,
    )


@app.cell
async def _(area):
    for _r in range(3):
        print(area(_r))
    return


app._unparsable_cell(
    r"""
    x = \\"\\"\\"a\\"\\"\\"
    def broken(:
        pass
    """,
    name="_"
)


@app.function(hide_code=True)
@staticmethod
def twice(x):
    return 2 * x


@app.class_definition
class Unit:
    size = 1


@app.cell
def _():
    import marimo as mo
    return (mo,)
'''


@pytest.fixture(autouse=True)
def no_trace() -> Iterator[None]:
    """Forget the module that a test loads."""
    yield
    sys.modules.pop("submission", None)


def value(name: str) -> Any:
    """Return what the notebook calls *name*."""
    pieces = [(c.label, c.line, c.text) for c in chunks(TOP + CELLS + END, "a.py")]
    return load(Source.read(pieces), name).module.__dict__[name]


def test_what_cells_define_is_defined() -> None:
    """In a cell, a function's cell, a class's cell, and whatever the order of the cells."""
    assert round(value("area")(2), 3) == 12.566
    assert value("twice")(4) == 8
    assert value("Unit").size == 1


def test_a_cell_is_what_was_typed() -> None:
    """The indent that marimo adds is taken off, also in a text over several lines."""
    assert value("text") == "\nkept as\n  typed\n"


def test_lines_are_those_of_the_file() -> None:
    """Errors name the line that the learner sees in the file; broken cells stay readable."""
    text = TOP + CELLS + END
    lines = text.split("\n")
    found = chunks(text, "a.py")
    for cell in found:
        for number, line in enumerate(cell.text.split("\n"), cell.line):
            assert line.strip() in lines[number - 1].replace('\\"', '"')

    assert found[0].text.startswith("# framework: numpy")
    assert any(cell.text.startswith('x = """a"""\ndef broken(:\n') for cell in found)
    assert not any("app." in cell.text for cell in found[1:])


def test_a_script_that_uses_marimo_is_a_script() -> None:
    """Only a file with an app of marimo's is its notebook."""
    text = "import marimo as mo\n@app.cell\ndef f():\n    return 1\n"

    assert [cell.text for cell in chunks(text, "a.py")] == [text]


PIECES = [*CELLS.split("\n"), "(", '"""', "@app.cell", "def f(", "return", "\\", "  return x"]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_text_is_split(lines: list[str]) -> None:
    """However the file was edited, no line is made up."""
    text = TOP + "\n".join(lines)

    for cell in chunks(text, "a.py"):
        assert cell.line + cell.text.count("\n") <= text.count("\n") + 1
