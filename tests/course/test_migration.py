"""A course of an older version, in which the exercises of an assignment share their files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from grader.course.catalogue import Course
from grader.course.migration import migrate
from grader.course.tolerances import read_tolerances
from grader.errors import AuthoringError

from ..mini_course import CATALOGUE, SOURCE, write

MISTAKES = """\
# What learners get wrong.

[[mistake]]
exercise = "double"  # the first
name = "triple"
replace = "factor = 2"
with = "factor = 3"
caught_by = ["test_values"]
hint = { en = "How many times?", zh = "几倍？" }

# A class, not a function.
[[mistake]]
exercise = "Half"
name = "kept"
replace = '''
        return self.factor * x
'''
with = '''
        y = self.factor * x
        return x
'''
caught_by = [
    "test_values",  # sees it
    "test_zero",
]
hint = { en = "What is returned?", zh = "返回了什么？" }

[[mistake]]
exercise = 'double'
name = "same"
replace = "factor = 2"
with = "factor = 1"
caught_by = ["test_values"]
hint = { en = "Twice?", zh = "两倍？" }
"""
EQUIVALENTS = """\
[[harmless]]
exercise = "Half"
junk = "is off by a thousandth"
reason = "Near enough."

[[equivalent]]
exercise = "double"
replace = "y = factor * x"
with = "y = x * factor"
reason = "The order does not matter."
"""
TOLERANCES = """\
# Largest errors of right solutions, by exercise and dtype, relative to
# sqrt(terms) * condition * scale. Written by `gradproof audit --calibrate`.

[double]
float32 = 1.9e-07

[Half]
float32 = 5.9e-08
float64 = 0.0e+00
"""
CHECKS = "autograder_tests/basics"
FILES = {
    "assignments/course.toml": CATALOGUE,
    "solutions/basics/basics.py": SOURCE,
    f"{CHECKS}/test_double.py": "from .shapes import SIZES\nfrom . import shapes\n# public\n",
    f"{CHECKS}/test_double_hidden.py": "# hidden\n",
    f"{CHECKS}/test_Half.py": "import math\n",
    f"{CHECKS}/mistakes.toml": MISTAKES,
    f"{CHECKS}/equivalents.toml": EQUIVALENTS,
    f"{CHECKS}/tolerances.toml": TOLERANCES,
    f"{CHECKS}/shapes.py": "SIZES = [1]\n",
    f"{CHECKS}/notes.md": "# Notes\n",
}


@pytest.fixture
def flat(tmp_path: Path) -> Path:
    """Return a course as an older version kept it."""
    return write(tmp_path / "course", FILES)


def snapshot(root: Path) -> dict[str, bytes]:
    """Return every file of the checks with its bytes."""
    home = root / CHECKS
    paths = (path for path in home.rglob("*") if path.is_file())
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in paths}


def test_an_older_course_is_refused_with_the_step_to_take(flat):
    """Nothing is graded with half of its files unread."""
    with pytest.raises(AuthoringError, match="run `gradproof migrate`") as caught:
        Course.load(flat)
    assert caught.value.path == flat / CHECKS


def test_every_exercise_gets_a_folder_of_its_own(flat):
    """Mistakes, equivalents and tolerances go to their exercise, and are read from there."""
    migrate(flat)
    course = Course.load(flat)
    (assignment,) = course.assignments
    half = course.folder(assignment, "Half")

    assert set(snapshot(flat)) == {
        "Half/equivalents.toml",
        "Half/mistakes.toml",
        "Half/test_public.py",
        "Half/tolerances.toml",
        "double/equivalents.toml",
        "double/mistakes.toml",
        "double/test_hidden.py",
        "double/test_public.py",
        "double/tolerances.toml",
        "notes.md",
        "shapes.py",
    }
    assert [(m.exercise, m.name) for m in course.mistakes(assignment)] == [
        ("double", "triple"),
        ("double", "same"),
        ("Half", "kept"),
    ]
    assert read_tolerances(half.tolerances) == {"float32": 5.9e-08, "float64": 0.0}
    assert (
        half.equivalents.read_text("utf-8")
        == EQUIVALENTS.partition("\n\n")[0].replace('exercise = "Half"\n', "") + "\n"
    )


def test_comments_and_spelling_are_kept(flat):
    """Those on top go to each file, those above a table and in it go with the table."""
    migrate(flat)
    double = (flat / CHECKS / "double/mistakes.toml").read_text("utf-8")
    half = (flat / CHECKS / "Half/mistakes.toml").read_text("utf-8")

    first, second = MISTAKES.split("# A class, not a function.\n")
    kept, last = second.split("\n[[mistake]]\nexercise = 'double'\n")
    wanted = first.replace('exercise = "double"  # the first\n', "") + "[[mistake]]\n" + last
    assert [line for line in double.splitlines() if line] == [
        line for line in wanted.splitlines() if line
    ]
    assert half == "# What learners get wrong.\n\n# A class, not a function.\n" + kept.replace(
        'exercise = "Half"\n', ""
    )


def test_modules_beside_the_checks_are_still_found(flat):
    """They stay where they are, and are imported from one level above."""
    done = migrate(flat)

    text = (flat / CHECKS / "double/test_public.py").read_text("utf-8")
    assert text == "from ..shapes import SIZES\nfrom .. import shapes\n# public\n"
    assert done.left == [flat / CHECKS / "notes.md", flat / CHECKS / "shapes.py"]


def test_line_ends_of_windows_are_kept(flat):
    """No line of a file that was written there ends otherwise than before."""
    for path in (flat / CHECKS).iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    migrate(flat)

    for name, content in snapshot(flat).items():
        assert content.count(b"\n") == content.count(b"\r\n") > 0, name
    assert len(Course.load(flat).mistakes(Course.load(flat).assignments[0])) == 3


def test_migrating_twice_changes_nothing(flat):
    """A course that has folders is left as it is."""
    migrate(flat)
    before = snapshot(flat)
    done = migrate(flat)

    assert (done.moved, done.left, snapshot(flat)) == ({}, [], before)


def test_a_migration_that_was_broken_off_is_completed(flat, monkeypatch):
    """What was written already is what would be written now."""
    whole = write(flat.parent / "other", FILES)
    migrate(whole)
    monkeypatch.setattr(Path, "unlink", lambda path: None)
    migrate(flat)
    monkeypatch.undo()
    migrate(flat)

    assert snapshot(flat) == snapshot(whole)


def test_a_file_in_the_way_stops_the_migration(flat):
    """Nobody's work is replaced, and nothing is moved."""
    write(flat, {f"{CHECKS}/Half/mistakes.toml": "# mine\n"})
    before = snapshot(flat)

    with pytest.raises(AuthoringError, match="already exists") as caught:
        migrate(flat)
    assert caught.value.path == flat / CHECKS / "Half/mistakes.toml"
    assert snapshot(flat) == before


@pytest.mark.parametrize(
    ("name", "text", "line", "what"),
    [
        ("mistakes.toml", MISTAKES.replace('"Half"', '"Hlaf"'), 12, "names no exercise"),
        ("mistakes.toml", MISTAKES + "\n[[mistake]]\nname = 'x'\n", 36, "names no exercise"),
        ("mistakes.toml", "mistake = [{ exercise = 'double' }]\n", None, "cannot be divided"),
        ("tolerances.toml", "double.float32 = 1e-7\n", None, "cannot be divided"),
        ("tolerances.toml", "[other]\nfloat32 = 1e-7\n", 1, "no exercise 'other'"),
        ("equivalents.toml", "[[equivalent]\n", 1, "this is not valid TOML"),
        ("test_Half.py", "def broken(:\n", 1, "this is not valid Python"),
    ],
)
def test_what_cannot_be_divided_is_refused(flat, name, text, line, what):
    """With the file and, where there is one, the line; nothing is moved."""
    (flat / CHECKS / name).write_text(text, encoding="utf-8")
    before = snapshot(flat)

    with pytest.raises(AuthoringError, match=what) as caught:
        migrate(flat)
    assert (caught.value.path, caught.value.line) == (flat / CHECKS / name, line)
    assert snapshot(flat) == before


def test_comments_without_a_table_are_kept(flat):
    """A file of nothing else goes to the first exercise."""
    (flat / CHECKS / "equivalents.toml").write_text("# none yet\n", encoding="utf-8")
    migrate(flat)

    assert (flat / CHECKS / "double/equivalents.toml").read_text("utf-8") == "# none yet\n"


def test_the_command_says_where_everything_went(flat):
    """Each new file beside the old one, and what stays."""
    first = CliRunner().invoke(cli.main, ["--lang", "en", "migrate", str(flat)])
    again = CliRunner().invoke(cli.main, ["--lang", "en", "migrate", str(flat)])

    home = flat / CHECKS
    assert f"{home / 'test_Half.py'} → {home / 'Half/test_public.py'}\n" in first.output
    assert f"{home / 'notes.md'} belongs to no exercise; it was left in place.\n" in first.output
    assert again.output == "Every exercise already has its own folder.\n"
    assert (first.exit_code, again.exit_code) == (0, 0)
