"""Stories: given code below exercises, which shows what they are good for."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

from grader.course.catalogue import Course
from grader.course.editions import bound_by
from grader.course.source import reference_text
from grader.course.starters import render
from grader.errors import AuthoringError

ROOT = Path(__file__).parents[2]
COURSE = Course.load(ROOT)
SOURCE = "solutions/basics/basics.py"
STORY = """

# %% [markdown] lang="en" story="double"
# ## What it was for

# %% [markdown] lang="zh" story="double"
# ## 这一切的用处

# %% story="double" framework="numpy torch"
start = 21

# %% story="double" framework="jax"
start = 0

# %% story="double"
print("The answer is", double(start))
"""


def with_below(course, text):
    """Return *course* with *text* at the end of its source."""
    path = course.root / SOURCE
    path.write_text(path.read_text("utf-8").rstrip("\n") + text, encoding="utf-8")
    return Course.load(course.root)


@pytest.fixture
def told(course):
    """Return the miniature course with a story below its exercises."""
    return with_below(course, STORY)


def cells_of(course, language="en"):
    """Return the code of stories in the notebook, and all of the percent-format starter."""
    files = render(course, course.assignments[0], language)
    notebook = nbformat.reads(files["basics.ipynb"], as_version=4)
    stories = [c for c in notebook.cells if "story" in c.metadata.get("gradproof", {})]
    return [c.source for c in stories if c.cell_type == "code"], files["basics.py"]


def test_a_story_is_one_cell_of_the_notebook_alone(told):
    """With the part for its framework; the reference does not run it."""
    (story,), percent = cells_of(told)

    assert "    start = 21\n    print(" in story
    assert "start = 0" not in story
    assert "What it was for" not in percent
    assert "start" not in percent
    assert "start" not in reference_text(told.source(told.assignments[0]))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The story goes on here once this works: double. NotImplementedError('double')\n"),
        ("zh", "等double写好之后，故事从这里继续。NotImplementedError('double')\n"),
    ],
)
def test_while_an_exercise_is_unwritten_it_says_where_it_goes_on(told, language, said, capsys):
    """No traceback, and the cells below run."""
    (story,), _percent = cells_of(told, language)

    def double(x):
        raise NotImplementedError("double")

    exec(story, {"double": double})

    assert capsys.readouterr().out == said


def test_once_it_works_the_story_is_told(told, capsys):
    """And what it has computed is there for the cells below."""
    (story,), _percent = cells_of(told)
    names = {"double": lambda x: 2 * x}

    exec(story, names)

    assert capsys.readouterr().out == "The answer is 42\n"
    assert names["start"] == 21


def test_a_library_that_is_missing_is_named(told, edit, capsys):
    """It is nobody's exercise that is at fault."""
    course = edit(SOURCE, 'print("The answer', 'import no_such_library; print("The answer')
    (story,), _percent = cells_of(course)

    exec(story, {"double": lambda x: 2 * x})

    assert capsys.readouterr().out == (
        "To see this, install what is missing: No module named 'no_such_library'\n"
    )


@pytest.mark.parametrize(
    ("header", "code", "fault"),
    [
        ('story="nothing"', "1", "'nothing' does not stand above this story"),
        ('[markdown] lang="en" exercise="double" story="double"', "# 1", "is no story"),
        ('story="double"', 'print("""a\nb""")', "a text of several lines would be indented"),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_line(course, header, code, fault):
    """When the source is read, before a learner gets it."""
    changed = with_below(course, f"\n\n# %% {header}\n{code}\n")

    with pytest.raises(AuthoringError) as refused:
        changed.source(changed.assignments[0])

    assert fault in str(refused.value)
    assert refused.value.line


@pytest.mark.parametrize("name", [assignment.name for assignment in COURSE.assignments])
def test_the_stories_of_the_course_are_told_with_the_references(name, shown, capsys, monkeypatch):
    """Each ends in a picture, without a word of what is missing."""
    pytest.importorskip("torch")
    assignment = COURSE.assignment(name)
    # given files lie beside a notebook
    monkeypatch.syspath_prepend(COURSE.given_dir(assignment))
    text = render(COURSE, assignment, "en")[f"{name}.ipynb"]
    cells = nbformat.reads(text, as_version=4).cells
    stories = [c.source for c in cells if c.id.startswith("story") and c.cell_type == "code"]
    names: dict[str, object] = {}
    exec(reference_text(COURSE.source(assignment)), names)

    for story in stories:
        exec(story, names)

    assert capsys.readouterr().out == ""
    assert len(shown) == len(stories)


@pytest.mark.parametrize("name", [assignment.name for assignment in COURSE.assignments])
def test_the_stories_of_the_course_leave_the_names_of_exercises_alone(name):
    """What they bind is there for what stands below, where learners use these and modules."""
    assignment = COURSE.assignment(name)
    for framework in assignment.frameworks:
        cells = COURSE.source(assignment, framework)
        given = [cell.text for cell in cells if cell.is_given]
        taken = {one.name for one in assignment.exercises} | names_in(given)
        taken |= {"random", "math", "copy", "time", "functools", "collections"}

        assert not taken & names_in(cell.text for cell in cells if cell.story and not cell.lang)


def names_in(texts):
    """Return the names that code binds, of modules, functions and values."""
    trees = [ast.parse(text) for text in texts]
    return {name for tree in trees for node in tree.body for name in bound_by_all(node)}


def bound_by_all(statement):
    """Return the names that a statement binds, not those inside functions and classes."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    return {name for node in ast.walk(statement) for name in bound_by(node)}
