from __future__ import annotations

import json

import jupytext
import nbformat
import pytest

from grader.course.starters import render

TOML = "assignments/course.toml"


def starter(course, language="en"):
    """Return the percent-format starter and the notebook of the miniature course."""
    files = render(course, course.assignments[0], language)
    return files["basics.py"], nbformat.reads(files["basics.ipynb"], as_version=4)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_files_hold_the_same_cells(course, language):
    """The percent-format file, read by jupytext, is the notebook."""
    text, notebook = starter(course, language)

    read = jupytext.reads(text, fmt="py:percent")
    assert [(c.cell_type, c.source) for c in notebook.cells] == [
        (c.cell_type, c.source) for c in read.cells
    ]


def test_a_starter_speaks_one_language(course):
    """Title, headings, prose and statements are those of the language asked for."""
    english, _ = starter(course, "en")
    chinese, _ = starter(course, "zh")

    for sentence in ("# # Basics", "Arithmetic", "double · Doubling (2 points)", "Return twice"):
        assert sentence in english
        assert sentence not in chinese
    for sentence in ("# # 基础", "手写算术", "double · 加倍（2 分）", "返回`x`的两倍"):
        assert sentence in chinese
        assert sentence not in english


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        ("1", "(1 point)", "（1 分）"),
        ("0.5", "(0.5 points)", "（0.5 分）"),
        ('"1/3"', "(1/3 points)", "（1/3 分）"),
        ("1000000", "(1000000 points)", "（1000000 分）"),
        ("10", "(10 points)", "（10 分）"),
    ],
)
def test_headings_give_the_points(edit, written, english, chinese):
    """Points are decimal where that is exact; one point is singular."""
    course = edit(TOML, "points = 2", f"points = {written}")

    assert f"Doubling {english}\n" in starter(course, "en")[0]
    assert f"加倍{chinese}\n" in starter(course, "zh")[0]


def test_statements_say_what_is_forbidden(edit):
    """The last paragraph of a statement names an example of what the exercise lists."""
    course = edit(TOML, "points = 2\n", 'points = 2\nforbidden = ["softmax", "torch.exp"]\n')
    example = "`torch.softmax`, `torch.exp` and the like are not allowed."

    assert 1 == starter(course, "en")[0].count(f"Write it yourself: {example}")
    assert "请亲手实现：不允许使用`torch.softmax`、`torch.exp`之类" in starter(course, "zh")[0]


def test_the_first_code_cell_names_the_framework(course, edit):
    """The marker stands once, on top of the first code cell, given or to be written."""
    text, notebook = starter(course)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code[0].source == "# framework: torch\nimport math"
    assert text.count("# framework:") == 1

    edited = edit("solutions/basics/basics.py", "# %%\nimport math\n\n", "")
    _, notebook = starter(edited)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code[0].source.startswith("# framework: torch\ndef double(x):")


def test_a_starter_holds_no_solution(course):
    """Neither a solution nor its markers reach the learner, and nothing is written yet."""
    for text in render(course, course.assignments[0], "en").values():
        assert "SOLUTION" not in text
        assert "factor * x" not in text
    space: dict = {}
    exec(starter(course)[0], space)

    with pytest.raises(NotImplementedError, match="double"):
        space["double"](1)
    with pytest.raises(NotImplementedError, match="Half"):
        space["Half"]()


def test_a_notebook_is_valid_and_marks_its_exercises(course):
    """Cells are called after what they hold; code cells say which exercise they are."""
    _, notebook = starter(course)

    nbformat.validate(notebook)
    ids = ["title", "prose-1", "given-1", "double-statement", "double-code"]
    assert ids == [cell.id for cell in notebook.cells[:5]]
    marks = {c.id: c.metadata.gradproof.exercise for c in notebook.cells if c.metadata}
    assert marks == {"double-code": "double", "Half-code": "Half"}
    assert notebook.metadata.kernelspec["name"] == "python3"


def test_rendering_twice_gives_the_same_bytes(course):
    """Nothing in a starter comes from chance or from the clock."""
    first = render(course, course.assignments[0], "zh")

    assert first == render(course, course.assignments[0], "zh")
    notebook = json.loads(first["basics.ipynb"])
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert all(text.endswith("\n") and not text.endswith("\n\n") for text in first.values())


def test_hard_line_breaks_survive(edit):
    """Two spaces at the end of a Markdown line mean something."""
    course = edit(
        "solutions/basics/basics.py", "# Return twice `x`.\n", "# Return  \n# twice `x`.\n"
    )

    assert "# Return  \n# twice" in starter(course)[0]
