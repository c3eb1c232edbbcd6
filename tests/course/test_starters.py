from __future__ import annotations

import json
import sys

import jupytext
import nbformat
import pytest

from grader.course.starters import checked_by, render

TOML = "assignments/course.toml"


def starter(course, language="en"):
    """Return the percent-format starter and the notebook of the miniature course."""
    files = render(course, course.assignments[0], language)
    return files["basics.py"], nbformat.reads(files["basics.ipynb"], as_version=4)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_files_hold_the_same_cells(course, language):
    """The percent-format file, read by jupytext, is the notebook without the cells that check."""
    text, notebook = starter(course, language)
    cells = [cell for cell in notebook.cells if checked_by(cell) is None]

    read = jupytext.reads(text, fmt="py:percent")
    assert [(c.cell_type, c.source) for c in cells] == [(c.cell_type, c.source) for c in read.cells]


def test_a_notebook_checks_each_exercise_below_its_code(course):
    """Check is imported once, behind what is given; only notebooks have such cells."""
    text, notebook = starter(course)
    calls = {cell.id: cell.source for cell in notebook.cells if checked_by(cell)}
    ids = [cell.id for cell in notebook.cells]

    assert {"double-check": 'check("double")', "Half-check": 'check("Half")'} == calls
    assert ids.index("check-import") == ids.index("given-1") + 1
    assert ids.index("double-check") == ids.index("double-code") + 1
    assert "check" not in text


def test_check_is_imported_on_top_if_nothing_is_given(edit):
    """The cell that imports it stands neither behind the first check nor within an exercise."""
    _, notebook = starter(edit("solutions/basics/basics.py", "# %%\nimport math\n\n", ""))

    assert ["title", "check-import"] == [cell.id for cell in notebook.cells[:2]]


def test_mxnet_is_imported_below_gradproof(course):
    """Only gradproof has the names that it asks of NumPy; other frameworks come first."""
    for framework, place in (("mxnet", 1), ("tensorflow", 3)):
        text = render(course, course.assignments[0], "en", framework)["basics.ipynb"]
        cells = nbformat.reads(text, as_version=4).cells
        assert cells[place].id == "check-import"


@pytest.mark.parametrize(("language", "said"), [("en", "gradproof is missing"), ("zh", "没有安装")])
def test_without_gradproof_a_notebook_says_what_is_missing(
    course, language, said, monkeypatch, capsys
):
    """Where it cannot be imported, a check prints how to get it, and nothing stops."""
    monkeypatch.setitem(sys.modules, "grader", None)
    _, notebook = starter(course, language)
    space: dict = {}
    for cell in notebook.cells:
        if checked_by(cell) is not None:
            exec(cell.source, space)
    printed = capsys.readouterr().out

    assert 2 == printed.count(said)
    assert 2 == printed.count('%pip install "gradproof[torch]"')


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
        ('2\ncounts = "bonus"', "(2 bonus points)", "（加分题，2 分）"),
        ('2\ncounts = "optional"', "(optional, 2 points)", "（选做，2 分）"),
    ],
)
def test_headings_give_the_points(edit, written, english, chinese):
    """Points are decimal where that is exact; one point is singular."""
    course = edit(TOML, "points = 2", f"points = {written}")

    assert f"Doubling {english}\n" in starter(course, "en")[0]
    assert f"加倍{chinese}\n" in starter(course, "zh")[0]


def test_statements_name_the_first_three_entries(edit):
    """A long list would hide the statement; kits have all of it."""
    entries = '"torch.exp", "softmax", "torch.log", "torch.sqrt"'
    course = edit(TOML, "points = 2\n", f"points = 2\nforbidden = [{entries}]\n")
    text = render(course, course.assignments[0], "en")["basics.py"]

    said = "`torch.exp`, `torch.softmax`, `torch.log` and the like are not allowed."
    assert f"# Write it yourself: {said}" in text


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
    code = [c for c in notebook.cells if c.cell_type == "code" and checked_by(c) is None]
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
    ids = ["title", "prose-1", "given-1", "check-import", "double-statement", "double-code"]
    assert ids == [cell.id for cell in notebook.cells[:6]]
    marks = {c.id: c.metadata.gradproof.get("exercise") for c in notebook.cells if c.metadata}
    marked = {cell: name for cell, name in marks.items() if name}
    assert marked == {"double-code": "double", "Half-code": "Half"}
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
