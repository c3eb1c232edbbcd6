from __future__ import annotations

import ast
import inspect
import tomllib
from dataclasses import replace
from types import SimpleNamespace

import pytest

from grader.checks import Draw, Mismatch
from grader.checks.check_context import CheckContext, running
from grader.course.catalogue import Course, apply_mistake
from grader.course.scaffold import new_course, new_exercise
from grader.course.source import reference_text
from grader.course.sync import sync
from grader.errors import AuthoringError, UsageError


def checks_of(course, assignment):
    """Return the names of the checks of *assignment*, and that each stands in both languages."""
    names = []
    for path in course.check_files(assignment):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                assert "zh: " in (ast.get_docstring(node) or "")
                names.append(node.name)
    return names


def run(text):
    """Return the names that *text* defines."""
    space: dict = {}
    exec(text, space)
    return space


def snapshot(root):
    """Return every file under *root* with its bytes."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_new_course_is_complete(tmp_path):
    """It loads, its starters are current, and its mistakes name checks that exist."""
    files = new_course(tmp_path / "course")
    course = Course.load(tmp_path / "course")
    (assignment,) = course.assignments

    assert sync(course, write=False).clean
    assert set(files) == set(snapshot(tmp_path / "course"))
    names = checks_of(course, assignment)
    caught = {check for mistake in course.mistakes(assignment) for check in mistake.caught_by}
    assert set(names) == caught
    assert len(course.mistakes(assignment)) == 3


def failing(course, assignment, submission):
    """Return the names of the checks that *submission*, a module's text, fails."""
    values = {
        "student": SimpleNamespace(**run(submission)),
        "reference": SimpleNamespace(**run(reference_text(course.source(assignment)))),
    }
    return failed_checks(course, assignment, values)


def failed_checks(course, assignment, values):
    """Return the names of the checks that fail for what they speak of, with these fixtures."""
    failed = []
    for path in course.check_files(assignment):
        for name, check in run(path.read_text(encoding="utf-8")).items():
            if not name.startswith("test_"):
                continue
            values["draw"] = Draw(seed=1)
            says = check.__dict__.get("gradproof_says", frozenset())
            try:
                with running(CheckContext(values["draw"], says=says)):
                    check(**{key: values[key] for key in inspect.signature(check).parameters})
            except Mismatch:
                failed.append(name)
    return sorted(failed)


@pytest.mark.parametrize("extended", [False, True])
def test_checks_of_a_scaffold_tell_right_from_wrong(tmp_path, extended):
    """They pass the reference and the variants, and catch mistakes as these foretell."""
    new_course(tmp_path)
    if extended:
        new_exercise(Course.load(tmp_path), "warmup", "shift")
    course = Course.load(tmp_path)
    (assignment,) = course.assignments
    cells = course.source(assignment)
    reference = reference_text(cells)

    assert failing(course, assignment, reference) == []
    for path in course.accepted(assignment):
        variant = f"{reference}\n{path.read_text(encoding='utf-8')}"
        assert failing(course, assignment, variant) == []
    for mistake in course.mistakes(assignment):
        caught = failing(course, assignment, apply_mistake(cells, mistake))
        assert caught == sorted(mistake.caught_by)


def test_a_new_course_needs_an_empty_directory(tmp_path):
    """What lies in a directory is never mixed with a scaffold."""
    (tmp_path / "thesis.tex").touch()

    with pytest.raises(UsageError, match="is not empty"):
        new_course(tmp_path)
    with pytest.raises(UsageError, match="is not empty"):
        new_course(tmp_path / "thesis.tex")
    assert [tmp_path / "thesis.tex"] == list(tmp_path.iterdir())


def test_a_new_exercise_can_be_checked_at_once(course, root):
    """It stands in the catalogue, has all its files, and says what is left to write."""
    sync(course, write=True)
    done = new_exercise(course, "basics", "triple")
    after = Course.load(root)
    (assignment,) = after.assignments

    assert [e.name for e in assignment.exercises] == ["double", "Half", "triple"]
    assert sync(after, write=False).clean
    assert {"test_values", "test_larger_input"} <= set(checks_of(after, assignment))
    assert after.mistakes(assignment)[-1].exercise == "triple"
    assert [path.name for path in after.accepted(assignment)] == ["triple.py"]
    assert all(path.exists() for path in done.files)
    assert len(done.files) == len(set(done.files)) == 10
    assert any(entry.endswith(": a name for the mistake") for entry in done.left_to_write)


def test_what_is_left_to_write_names_the_line(course, root):
    """Each entry is the place of one placeholder, and every placeholder has an entry."""
    done = new_exercise(course, "basics", "triple")

    for entry in done.left_to_write:
        path, line, what = entry.split(":", 2)
        text = (root / path).read_text(encoding="utf-8").split("\n")[int(line) - 1]
        assert f"Write here:{what}" in text
    sources = [path for path in done.files if path.parent.parent.name != "assignments"]
    count = sum(
        path.read_text(encoding="utf-8").count("Write here:")
        for path in sources
        if path.parent.name != "zh"
    )
    assert count == len(done.left_to_write)


def test_a_new_exercise_keeps_comments_and_the_other_assignments(course, root):
    """The entry goes to the end of its assignment; comments stay with what follows them."""
    new_exercise(course, "later", "first")
    path = root / "assignments/course.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('[[assignment]]\nname = "later"', '# week 2\n[[assignment]]\nname = "later"'),
        encoding="utf-8",
    )
    new_exercise(Course.load(root), "basics", "triple")

    text = path.read_text(encoding="utf-8")
    assert text.startswith("# a comment that must survive\n")
    assert '\n\n# week 2\n[[assignment]]\nname = "later"' in text
    tables = tomllib.loads(text)["assignment"]
    assert [[exercise["name"] for exercise in table["exercise"]] for table in tables] == [
        ["double", "Half", "triple"],
        ["first"],
    ]


def test_a_new_assignment_is_made_whole(course, root):
    """An assignment that is not there yet is created with its first exercise."""
    new_exercise(course, "later", "first")
    after = Course.load(root)
    later = after.assignment("later")

    assert later.framework == "torch"
    assert [p.name for p in after.check_files(later)] == ["test_public.py", "test_hidden.py"]
    assert (root / "assignments/later/zh/later.ipynb").exists()
    sync(after, write=True)
    new_exercise(after, "later", "second")
    assert sync(Course.load(root), write=False).clean


@pytest.mark.parametrize(
    ("assignment", "name", "what"),
    [
        ("basics", "double", "already has an exercise double"),
        ("basics", "DOUBLE", "already has an exercise double"),
        ("Basics", "triple", "already an assignment basics"),
        ("basics", "not a name", "is not a valid name"),
        ("../basics", "triple", "is not a valid name"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused(course, root, assignment, name, what):
    """Nothing is written under a name that is taken or is none."""
    before = snapshot(root)

    with pytest.raises(UsageError, match=what):
        new_exercise(course, assignment, name)
    assert before == snapshot(root)


@pytest.mark.parametrize(
    ("assignment", "path"),
    [
        ("basics", "autograder_tests/basics/triple/test_hidden.py"),
        ("basics", "solutions/basics/accepted/triple.py"),
        ("later", "solutions/later/later.py"),
    ],
)
def test_a_file_that_exists_is_never_overwritten(course, root, assignment, path):
    """Work that lies where a scaffold would write stops it."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text("precious", encoding="utf-8")
    before = snapshot(root)

    with pytest.raises(UsageError, match="already exists"):
        new_exercise(course, assignment, "triple")
    assert before == snapshot(root)


def test_a_course_with_faults_gets_no_exercise(course, root, edit):
    """Old faults are mended before anything is added."""
    edited = edit("solutions/basics/basics.py", "def double", "def twice")
    before = snapshot(root)

    with pytest.raises(AuthoringError, match="does not define 'double'"):
        new_exercise(edited, "basics", "triple")
    assert before == snapshot(root)


def test_inline_tables_cannot_be_extended(course, root):
    """Exercises written as an inline array are left alone, with advice."""
    path = root / "assignments/course.toml"
    text = path.read_text(encoding="utf-8")
    inline = (
        'exercise = [{ name = "double", points = 1, title = { en = "D", zh = "倍" } },\n'
        '{ name = "Half", points = 1, title = { en = "H", zh = "半" } }]\n'
    )
    path.write_text(text[: text.index("[[assignment.exercise]]")] + inline, encoding="utf-8")
    before = snapshot(root)

    with pytest.raises(AuthoringError, match="cannot add to these tables"):
        new_exercise(Course.load(root), "basics", "triple")
    assert before == snapshot(root)


def names(course):
    """Return the names of the exercises by assignment."""
    return [[exercise.name for exercise in a.exercises] for a in course.assignments]


def test_a_new_exercise_may_follow_any_other(course, root):
    """In the catalogue and in the source; comments stay with what they stand above."""
    path = root / "assignments/course.toml"
    text = path.read_text(encoding="utf-8")
    second = '[[assignment.exercise]]\nname = "Half"'
    text = text.replace(second, f"# harder\n{second}")
    path.write_text(text, encoding="utf-8")
    new_exercise(Course.load(root), "basics", "triple", after="double")
    after = Course.load(root)

    assert names(after) == [["double", "triple", "Half"]]
    start, entry, rest = path.read_text(encoding="utf-8").partition(
        '[[assignment.exercise]]\nname = "triple"\n'
    )
    assert entry
    assert start + rest.partition("\n\n")[2] == text
    cells = after.source(after.assignments[0])
    assert list(dict.fromkeys(c.exercise for c in cells if c.exercise)) == names(after)[0]
    assert sync(after, write=False).clean


@pytest.mark.parametrize("assignment", ["warmup", "later"])
def test_a_new_exercise_may_be_made_like_another(tmp_path, assignment):
    """Its checks, mistakes and cells are copies that can be checked at once."""
    new_course(tmp_path)
    old = Course.load(tmp_path)
    folder = old.folder(old.assignments[0], "scale")
    (folder.path / "offence.py").write_text(
        "# told: numpy.scale\nimport numpy\n\ndef scale(x, factor):\n    return numpy.scale(x)\n",
        encoding="utf-8",
    )
    text = (tmp_path / "assignments/course.toml").read_text("utf-8")
    text = text.replace("points = 4", 'points = 4  # of them\nchanges = "x"')
    (tmp_path / "assignments/course.toml").write_text(text, encoding="utf-8")
    done = new_exercise(Course.load(tmp_path), assignment, "grow", like="scale")
    course = Course.load(tmp_path)
    home = course.assignment(assignment)
    copy = course.folder(home, "grow")
    cells = course.source(home)

    assert failing_of(course, home, "grow", reference_text(cells)) == []
    assert [m.name for m in course.mistakes(home) if m.exercise == "grow"] == [
        "added",
        "size_only",
        "in_place",
    ]
    for mistake in course.mistakes(home):
        caught = failing_of(course, home, mistake.exercise, apply_mistake(cells, mistake))
        assert caught == sorted(mistake.caught_by)
    assert (home.exercise("grow").points, home.exercise("grow").changes) == (4, ("x",))
    assert "points = 4  # of them\nchanges" in text
    offence = (copy.path / "offence.py").read_text("utf-8").split("\n")
    assert offence[0] == "# told: numpy.scale"
    assert offence[4:] == ["def grow(x, factor):", "    return numpy.scale(x)", ""]
    marked = {entry.split(":")[0] for entry in done.left_to_write}
    written = [path for path in done.files if "assignments" not in path.parts[-4:]]
    assert marked >= {str(path) for path in written}
    accepted = f"solutions/{assignment}/accepted/"
    assert [
        e for e in done.left_to_write if e.endswith(f"two more accepted variants in {accepted}")
    ]
    assert sync(course, write=False).clean


@pytest.mark.parametrize(("body", "imported"), [("x * factor", False), ("np.array(x)", True)])
def test_an_accepted_variant_made_like_another_imports_what_it_uses(tmp_path, body, imported):
    """An import of all that the assignment needs would decide the framework."""
    new_course(tmp_path)
    source = tmp_path / "solutions/warmup/warmup.py"
    source.write_text(source.read_text("utf-8").replace("x * factor", body), encoding="utf-8")
    (tmp_path / "autograder_tests/warmup/scale/mistakes.toml").write_text("", encoding="utf-8")
    new_exercise(Course.load(tmp_path), "warmup", "grow", like="scale")

    text = (tmp_path / "solutions/warmup/accepted/grow.py").read_text("utf-8")
    assert ("import numpy as np" in text) == imported


def failing_of(course, assignment, exercise, text):
    """Return the checks of *exercise* that the module *text* fails."""
    only = replace(assignment, exercises=(assignment.exercise(exercise),))
    values = {"student": SimpleNamespace(**run(text))}
    values["reference"] = SimpleNamespace(**run(reference_text(course.source(assignment))))
    return failed_checks(course, only, values)


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"like": "tripel"}, "There is no torch exercise called tripel"),
        ({"after": "tripel"}, "basics has no exercise tripel"),
    ],
)
def test_an_exercise_that_is_not_there_cannot_be_followed(course, root, more, what):
    """Nothing is written."""
    before = snapshot(root)

    with pytest.raises(UsageError, match=what):
        new_exercise(course, "basics", "triple", **more)
    assert before == snapshot(root)
