from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.course.source import (
    code_cell,
    parameters,
    read_source,
    reference_text,
    statement,
    unsolved,
)
from grader.errors import AuthoringError


@pytest.fixture
def double(source: str) -> str:
    """Return the cells of the first exercise, a source of 17 lines."""
    start = source.index('# %% [markdown] lang="en" exercise="double"')
    return source[start : source.index('# %% [markdown] lang="en" exercise="Half"')]


def read(tmp_path: Path, text: str) -> tuple:
    """Read *text* as a source."""
    path = tmp_path / "source.py"
    path.write_text(text, encoding="utf-8")
    return read_source(path, "torch")


def fault(tmp_path: Path, text: str) -> str:
    """Return the fault of *text* as ``line: what``."""
    with pytest.raises(AuthoringError) as caught:
        read(tmp_path, text)

    assert tmp_path / "source.py" == caught.value.path
    return f"{caught.value.line}: {caught.value.what}"


def test_cells_carry_their_line_and_attributes(tmp_path, source):
    """Every cell knows its first line, its language and its exercise."""
    cells = read(tmp_path, source)

    lines = source.split("\n")
    kinds = [(c.kind, c.lang, c.exercise) for c in cells[2:6]]
    assert kinds == [
        ("code", None, None),
        ("markdown", "en", "double"),
        ("markdown", "zh", "double"),
        ("code", None, "double"),
    ]
    assert cells[3].text == "Return twice `x`.\n\n* any shape"
    for cell in cells:
        assert lines[cell.line - 1].removeprefix("# ") == cell.text.split("\n")[0]


def test_reference_keeps_the_lines_of_the_file(tmp_path, source):
    """A line of the reference has the number that it has in the source."""
    text = reference_text(read(tmp_path, source))

    wanted = source.split("\n").index("def double(x):") + 1
    tree = ast.parse(text)
    found = [n.lineno for n in tree.body if isinstance(n, ast.FunctionDef)]
    assert [wanted] == found


def test_unsolved_keeps_given_lines_and_raises_once_for_each_region(tmp_path, source):
    """Each region becomes one raise at its indentation; lines around it stay."""
    cells = read(tmp_path, source)

    expected = ["def double(x):", '    """Twice x."""', "    factor = 2"]
    expected.append('    raise NotImplementedError("double")')
    assert expected == unsolved(code_cell(cells, "double")).split("\n")
    assert (
        unsolved(code_cell(cells, "Half")).count('        raise NotImplementedError("Half")') == 2
    )


def test_code_below_a_region_stays(tmp_path, source):
    """Given code after a region reaches the learner."""
    text = source.replace(
        "    y = factor * x\n    return y\n    ### END SOLUTION",
        "    y = factor * x\n    ### END SOLUTION\n    return y",
    )

    cell = code_cell(read(tmp_path, text), "double")
    assert unsolved(cell).endswith('    raise NotImplementedError("double")\n    return y')


def test_an_exercise_alone_is_a_source(tmp_path, double):
    """Prose and given code may be left out."""
    assert len(read(tmp_path, double)) == 3


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('lang="en"', 'lang="en" level="2"', "1: unknown attribute 'level'"),
        ('lang="en"', 'lang="de"', "1: a Markdown cell needs lang"),
        ('# %% exercise="double"', '# %% lang="en" exercise="double"', "9: unknown attribute"),
        ('# %% exercise="double"', "# %% Solution", "9: cannot read the cell header 'Solution'"),
        ("# Return twice `x`.\n", "Return twice.\n", "2: code in a Markdown cell"),
        ("# 返回`x`的两倍。\n", "", "6: this cell is empty"),
        ("    ### BEGIN SOLUTION\n", "", "15: ### END SOLUTION without its counterpart"),
        ("    ### END SOLUTION\n", "", "13: ### BEGIN SOLUTION without"),
        ("### BEGIN SOLUTION", "# begin solution", "13: this is read as code"),
        ("### END SOLUTION", "###END SOLUTION", "16: this is read as code"),
        ("### END SOLUTION", "### END SOLUTION now", "16: this is read as code"),
        ("def double", "def twice", "10: this cell does not define 'double'"),
        ("    return y\n", "    return (y\n", "15: this is not valid Python"),
        ("def double", "# framework: torch\ndef double", "10: course.toml sets the framework"),
        ("    ### BEGIN", "### BEGIN", "13: a solution must be inside a function"),
    ],
)
def test_a_fault_names_its_line(tmp_path, double, old, new, expected):
    """What cannot be handed out is refused, with the line to mend."""
    assert double.count(old) == 1 or old == 'lang="en"'
    text = double.replace(old, new, 1)

    assert fault(tmp_path, text).startswith(expected)


def test_a_solution_around_the_whole_function_is_refused(tmp_path, double):
    """The signature belongs to the learner, so it must stay outside."""
    text = double.replace("    ### BEGIN SOLUTION\n", "").replace(
        "def double", "### BEGIN SOLUTION\ndef double"
    )

    assert fault(tmp_path, text).startswith("10: a solution must be inside a function")


def test_a_solution_in_given_code_is_refused(tmp_path, double):
    """A region in a cell without exercise would have no name to raise."""
    text = (
        double
        + "\n# %%\ndef helper():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n"
    )

    assert "a solution in a cell without exercise" in fault(tmp_path, text)


def test_a_solution_that_opens_a_block_is_refused(tmp_path, double):
    """What is left without the solutions must be Python."""
    text = double.replace("    factor = 2\n", "").replace(
        "    ### BEGIN SOLUTION\n    y = factor * x\n    return y\n",
        "    ### BEGIN SOLUTION\n    if x is None:\n    ### END SOLUTION\n        return 1\n"
        "    ### BEGIN SOLUTION\n    return 2 * x\n",
    )

    assert "12: without its solutions, this cell is not Python" in fault(tmp_path, text)


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ('# %% exercise="double"', "code cell"),
        ('# %% [markdown] lang="en" exercise="double"', "English statement"),
        ('# %% [markdown] lang="zh" exercise="double"', "Chinese statement"),
    ],
)
def test_each_part_of_an_exercise_stands_once(tmp_path, double, cell, what):
    """A part that is missing, or stands twice, is named with the header to write."""
    start = double.index(cell)
    end = double.find("# %%", start + 1)
    part = double[start : end if end > 0 else len(double)]

    assert f"'double' has no {what}; add {cell}" in fault(tmp_path, double.replace(part, ""))
    twice = fault(tmp_path, double.replace(part, part.rstrip() + "\n\n" + part))
    assert f"'double' has a second {what}" in twice


def test_a_statement_below_its_code_is_refused(tmp_path, double):
    """Learners read before they write."""
    start = double.index('# %% exercise="double"')
    text = double[start:] + double[:start]

    assert "is below its code" in fault(tmp_path, text)


def test_prose_stands_in_both_languages(tmp_path, source):
    """Prose in one language only is refused."""
    text = source.replace('# %% [markdown] lang="zh"\n# 手写算术。\n', "")

    assert fault(tmp_path, text).startswith("4: 1 prose cells in English but 0 in Chinese")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import math\n", "1: code before the first cell"),
        ("", "None: there is no cell"),
        ("# only a comment\n", "None: there is no cell"),
    ],
)
def test_a_source_begins_with_a_cell(tmp_path, text, expected):
    """Only comments may stand before the first cell."""
    assert fault(tmp_path, text).startswith(expected)


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    """The fault is named instead of a traceback."""
    path = tmp_path / "source.py"
    path.write_bytes("# %% 加倍".encode("gbk"))

    with pytest.raises(AuthoringError, match="not UTF-8"):
        read_source(path, "torch")


JAX = """\
# %% framework="jax"
import jax.numpy as jnp

# %% [markdown] lang="en" exercise="double" framework="jax"
# Return twice `x`, a new array.

# %% [markdown] lang="zh" exercise="double" framework="jax"
# 返回`x`的两倍，是新数组。

# %% exercise="double" framework="jax"
def double(x):
    ### BEGIN SOLUTION
    return jnp.multiply(x, 2)
    ### END SOLUTION

"""


def both(source):
    """Return a source with cells of *source* for one framework, and others for JAX."""
    start, end = (
        source.index('# %% [markdown] lang="en" exercise="double"'),
        source.index('# %% [markdown] lang="en" exercise="Half"'),
    )
    ours = source[start:end].replace('exercise="double"', 'exercise="double" framework="torch"')
    return source[:start] + ours + JAX + source[end:]


def test_a_cell_for_one_framework_is_left_out_of_others(tmp_path, source):
    """Each framework reads one statement in each language and one code cell."""
    path = tmp_path / "basics.py"
    path.write_text(both(source), encoding="utf-8")
    torch, jax = read_source(path, "torch"), read_source(path, "jax")

    assert [cell.text for cell in torch] == [cell.text for cell in read(tmp_path, source)]
    assert "factor" in code_cell(torch, "double").text
    assert "jnp.multiply" in code_cell(jax, "double").text
    assert "import jax" not in reference_text(torch)
    assert {cell.frameworks for cell in jax} == {(), ("jax",)}


def test_a_cell_may_be_for_several_frameworks(tmp_path, source):
    """Their names stand in the header, with spaces between them."""
    text = source.replace("# %%\nimport math", '# %% framework="numpy torch"\nimport math')
    path = tmp_path / "basics.py"
    path.write_text(text, encoding="utf-8")

    assert "import math" in reference_text(read_source(path, "torch"))
    assert "import math" not in reference_text(read_source(path, "jax"))


PART = """\
# %% [markdown] lang="en" exercise="double" framework="jax torch"
# Never in place.

# %% [markdown] lang="zh" exercise="double" framework="jax torch"
# 不要原地修改。

"""


def with_part(source, part=PART):
    """Return a source with a further part of a statement, for some frameworks."""
    place = source.index('# %% exercise="double"')
    return source[:place] + part + source[place:]


def test_a_statement_may_have_a_part_for_some_frameworks(tmp_path, source):
    """It stands below what all frameworks share, which is written once."""
    path = tmp_path / "basics.py"
    path.write_text(with_part(source), encoding="utf-8")
    said = {f: statement(read_source(path, f), "double", "en").text for f in ("torch", "numpy")}

    assert said["torch"] == "Return twice `x`.\n\n* any shape\n\nNever in place."
    assert said["numpy"] == "Return twice `x`.\n\n* any shape"


@pytest.mark.parametrize(
    ("part", "what"),
    [
        (PART.replace(' framework="jax torch"', ""), "has a second English statement"),
        (PART + PART, "has a second English statement"),
        (PART[: PART.index("# %%", 5)], "21: this part of 'double' stands in one language only"),
        (PART.replace("jax torch", ""), "'' is not a framework; write one or several of numpy"),
    ],
)
def test_a_part_of_a_statement_stands_once_in_each_language(tmp_path, source, part, what):
    """Which framework it is for, its header says."""
    assert what in fault(tmp_path, with_part(source, part))


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('framework="jax"\nimport', 'framework="jacks"\nimport', 29, "'jacks' is not a framework"),
        ("return jnp.multiply(x, 2)", "return jnp.multiply(x", 41, "is not valid Python"),
        (
            "def double(x):\n    ### BEGIN SOLUTION\n    return jnp",
            "def twice(x):\n    ### BEGIN SOLUTION\n    return jnp",
            39,
            "does not define 'double'",
        ),
        (
            'lang="zh" exercise="double" framework="jax"',
            'lang="zh" exercise="double"',
            36,
            "has a second Chinese statement",
        ),
    ],
)
def test_cells_of_every_framework_are_checked(tmp_path, source, old, new, line, what):
    """Also those that the assignment's own starters leave out."""
    text = both(source)
    assert text.count(old) == 1
    path = tmp_path / "basics.py"
    path.write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(AuthoringError, match=what) as caught:
        read_source(path, "torch")
    assert caught.value.line == line


def test_the_parameters_of_an_exercise_are_those_of_its_function(tmp_path, source):
    """Of a class, those of its methods; not those of functions inside."""
    cells = read(tmp_path, source.replace("def double(x):", "def double(x, *more, k=1, **rest):"))

    assert parameters(code_cell(cells, "double"), "double") == ["x", "more", "k", "rest"]
    assert parameters(code_cell(cells, "Half"), "Half") == ["x"]
