"""Promises of a statement: which edit breaks each, and what of the statement is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.catalogue import Course
from grader.course.mistakes import read_mistakes
from grader.course.promises import Promises, read_promises
from grader.course.source import read_cells
from grader.errors import AuthoringError

PROMISES = """\
# What the statement says.
explains = ["any shape"]

[[promise]]
sentence = "Return  twice `x`."
held_by = ["test_values"]
mistake = "triple"

[[promise]]
sentence = "The large work, too."
replace = "factor = 2"
with = "factor = 2.5"
"""


@pytest.fixture
def promising(root):
    """Return the file of promises of an exercise, written, with the checks that it names."""
    folder = root / "autograder_tests/basics/double"
    (folder / "test_public.py").write_text("def test_values(): ...\n", encoding="utf-8")
    check = 'def test_large():\n    """The large\n    work, too.\n\n    zh: 很大。"""\n'
    (folder / "test_hidden.py").write_text(check, encoding="utf-8")
    (folder / "promises.toml").write_text(PROMISES, encoding="utf-8")
    return folder / "promises.toml"


def read(course):
    """Return the promises of the exercise."""
    (assignment,) = course.assignments
    cells, folder = course.source(assignment), course.folder(assignment, "double")
    mistakes = read_mistakes(folder.mistakes, "double", cells)
    every = read_cells(course.reference(assignment))
    return read_promises(folder, "double", cells, mistakes, every)


def test_promises_are_read_with_what_breaks_them(course, promising):
    """A known mistake or another edit; the sentence is of the statement or of a check."""
    first, second = read(course).rows

    assert (first.sentence, first.held_by, first.mistake) == (
        "Return twice `x`.",
        ("test_values",),
        "triple",
    )
    assert (first.replace, first.replacement, first.line) == ("factor = 2", "factor = 3", 4)
    assert (second.mistake, second.replacement, second.line) == ("", "factor = 2.5", 9)


def test_without_a_file_there_are_no_promises(course):
    """An exercise need not have any."""
    assert read(course) == Promises()


def test_what_is_left_of_the_statement_is_known(course, promising):
    """So that an edited statement is noticed: what promises nothing is listed, too."""
    assert read(course).left == ()
    promising.write_text(PROMISES.replace('"any shape"', ""), encoding="utf-8")

    (left,) = read(course).left
    assert "any shape" in left
    assert "Return" not in left


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ("Return  twice", "Return thrice", (4, "Return thrice `x`.")),
        ("any shape", "every shape", (2, "every shape")),
    ],
)
def test_a_sentence_that_stands_nowhere_is_stale(course, promising, old, new, stale):
    """It is quoted whatever its line breaks."""
    promising.write_text(PROMISES.replace(old, new), encoding="utf-8")

    assert read(course).stale == (stale,)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('mistake = "triple"', "", 4, "needs one edit that breaks it"),
        ('with = "factor = 2.5"', "", 9, "needs one edit that breaks it"),
        ('"triple"', '"quadruple"', 7, "'quadruple' is not a known mistake of 'double'"),
        ('"factor = 2"', '"factor = 9"', 9, "stands 0 times in the reference's cell"),
        ('held_by = ["test_values"]', "check = 'test_values'", 4, "unknown field `check`"),
    ],
)
def test_a_promise_that_nothing_breaks_names_its_line(course, promising, old, new, line, what):
    """One edit of the reference must break it."""
    promising.write_text(PROMISES.replace(old, new), encoding="utf-8")

    with pytest.raises(AuthoringError, match=what) as caught:
        read(course)
    assert (caught.value.path, caught.value.line) == (promising, line)


def test_every_sentence_of_the_example_course_is_in_the_table():
    """Each demand says what breaks it and which checks notice; nothing of a statement is left."""
    course = Course.load(Path(__file__).parents[2])
    for assignment in course.assignments:
        cells, every = course.source(assignment), read_cells(course.reference(assignment))
        for name, folder in course.folders(assignment).items():
            mistakes = read_mistakes(folder.mistakes, name, cells)
            promises = read_promises(folder, name, cells, mistakes, every)

            assert promises.rows, name
            assert (promises.left, promises.stale) == ((), ()), name
            assert all(row.held_by for row in promises.rows), name


def test_a_part_of_a_statement_for_another_framework_promises_too(edit, promising, root):
    """What stands only there is quoted like the rest, and what is not quoted is left."""
    part = "".join(
        f'# %% [markdown] lang="{lang}" exercise="double" framework="jax"\n# {text}\n\n'
        for lang, text in (("en", "A new array. Not in place."), ("zh", "新数组。"))
    )
    course = edit(
        "solutions/basics/basics.py", '# %% exercise="double"', f'{part}# %% exercise="double"'
    )
    with promising.open("a", encoding="utf-8") as file:
        file.write('\n[[promise]]\nsentence = "A new array."\nmistake = "triple"\n')

    promises = read(course)
    assert promises.rows[-1].sentence == "A new array."
    assert promises.stale == ()
    assert promises.left == ("Not in place.",)
