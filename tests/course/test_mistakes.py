from __future__ import annotations

import pytest

from grader.course.catalogue import apply_mistake
from grader.course.source import reference_text
from grader.errors import AuthoringError

FILE = "autograder_tests/basics/double/mistakes.toml"
HALF = "autograder_tests/basics/Half/mistakes.toml"


def test_mistakes_are_read_with_their_lines(course):
    """A mistake knows where it stands, what it edits and who catches it."""
    triple, kept = course.mistakes(course.assignments[0])

    assert (triple.exercise, triple.name, triple.line) == ("double", "triple", 1)
    assert (triple.replace, triple.replacement) == ("factor = 2", "factor = 3")
    assert (kept.caught_by, kept.line) == (("test_values", "test_zero"), 1)
    assert kept.hint.zh == "返回了什么？"


def test_a_mistake_may_have_a_topic(edit):
    """What it has to do with, as one word."""
    course = edit(HALF, 'name = "kept"', 'name = "kept"\ntopic = "factor"')

    assert [m.topic for m in course.mistakes(course.assignments[0])] == ["", "factor"]


def test_an_assignment_may_have_no_mistakes_yet(course):
    """Without a file there are none."""
    for path in course.mistakes_files(course.assignments[0]):
        path.unlink()

    assert course.mistakes(course.assignments[0]) == ()


def test_a_mistake_is_the_reference_but_for_its_edit(course):
    """The rest of the module is untouched, also by an edit of several lines."""
    (assignment,) = course.assignments
    cells = course.source(assignment)
    triple, kept = course.mistakes(assignment)
    reference = reference_text(cells)

    assert reference.replace("factor = 2", "factor = 3") == apply_mistake(cells, triple)
    wanted = "        y = self.factor * x\n        return x\n"
    assert reference.replace("        return self.factor * x\n", wanted) == apply_mistake(
        cells, kept
    )


def test_an_edit_that_grows_pushes_later_cells_down(edit):
    """Cells never overlap."""
    many = "with = '''factor = 3" + "\n    factor = 3" * 20 + "'''"
    course = edit(FILE, 'with = "factor = 3"', many)
    (assignment,) = course.assignments
    space: dict[str, object] = {}
    cells = course.source(assignment)
    exec(apply_mistake(cells, course.mistakes(assignment)[0]), space)

    assert space["double"](2) == 6  # type: ignore[operator]
    assert space["Half"]()(2) == 1  # type: ignore[operator]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "what"),
    [
        (FILE, '"factor = 2"', '"factor = 7"', 1, "'replace' stands 0 times"),
        (FILE, '"factor = 2"', '"factor"', 1, "'replace' stands 2 times"),
        (FILE, '"factor = 2"', '"self.factor"', 1, "'replace' stands 0 times"),
        (FILE, '"factor = 2"', '""', 1, "'replace' stands"),
        (FILE, '"factor = 3"', '"factor = = 3"', 1, "after the edit, this is not valid Python"),
        (FILE, '"factor = 3"', '"factor = 2"', 1, "changes nothing"),
        (FILE, 'caught_by = ["test_values"]', 'caught_by = ["values"]', 1, "'values' in caught_by"),
        (HALF, '"test_zero"]', '"test_values"]', 1, "names a check twice"),
        (HALF, 'en = "What is returned?"', 'en = " "', 11, "a text is empty"),
        (FILE, '"triple"', '"not a name"', 1, "is not a valid name"),
        (HALF, 'name = "kept"', 'name = "kept"\nsince = 2', 1, "unknown field `since`"),
        (
            HALF,
            'name = "kept"',
            'name = "kept"\ntopic = "luck"',
            1,
            "'luck' is not a topic; write one of axis, bo",
        ),
        (HALF, 'name = "kept"', 'name = "kept', 2, "this is not valid TOML"),
    ],
)
def test_a_fault_in_a_mistake_names_its_line(edit, root, file, old, new, line, what):
    """Every fault says where to look."""
    course = edit(file, old, new)

    with pytest.raises(AuthoringError) as caught:
        course.mistakes(course.assignments[0])

    assert root / file == caught.value.path
    assert what in caught.value.what
    assert line == caught.value.line


def test_two_mistakes_of_an_exercise_differ_in_name(course, root):
    """A name says which mistake; the second of two is refused."""
    text = (root / FILE).read_text(encoding="utf-8")
    (root / FILE).write_text(f"{text}\n{text}", encoding="utf-8")

    with pytest.raises(AuthoringError, match="a mistake 'triple' on line 1") as caught:
        course.mistakes(course.assignments[0])
    assert text.count("\n") + 2 == caught.value.line


def test_a_hint_in_one_language_names_what_to_add(edit):
    """Whose hint it is, and the language that it lacks."""
    with pytest.raises(AuthoringError) as caught:
        course = edit(HALF, ', zh = "返回了什么？"', "")
        course.mistakes(course.assignments[0])

    assert caught.value.what == "the hint of 'kept' has no Chinese; add zh = \"…\""
