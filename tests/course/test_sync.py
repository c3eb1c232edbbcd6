from __future__ import annotations

import pytest

from grader.course.catalogue import Course
from grader.course.sync import sync
from grader.errors import AuthoringError

SOURCE = "solutions/basics/basics.py"
TOML = "assignments/course.toml"


def relative(root, paths):
    """Return *paths* as text below the starters' tree."""
    return [path.relative_to(root / "assignments").as_posix() for path in paths]


ALL = ["basics/basics.py", "basics/basics.ipynb", "basics/zh/basics.py", "basics/zh/basics.ipynb"]


def test_missing_starters_are_written_once(course, root):
    """The first run writes all; the second finds nothing to do."""
    assert relative(root, sync(course, write=True).changed) == ALL
    assert sync(course, write=True).clean
    assert sync(course, write=False).clean


def test_comparing_writes_nothing(course, root):
    """A comparison reports what is stale and leaves it."""
    assert relative(root, sync(course, write=False).changed) == ALL
    assert [path for path in (root / "assignments").rglob("*") if path.name != "course.toml"] == []


def test_starters_of_other_frameworks_lie_in_folders_of_their_own(root, edit):
    """One for each framework of the course, or of the assignment; they are none of the strays."""
    course = edit(TOML, "seed = 7", 'seed = 7\nframeworks = ["numpy", "torch"]')
    numpy = [name.replace("basics/", "basics/numpy/", 1) for name in ALL]

    assert relative(root, sync(course, write=True).changed) == [*ALL, *numpy]
    assert sync(course, write=False).clean
    assert "# framework: numpy" in (root / "assignments/basics/numpy/basics.py").read_text("utf-8")
    alone = edit(TOML, 'framework = "torch"', 'framework = "torch"\nframeworks = []')
    assert alone.assignments[0].frameworks == ("torch",)
    assert relative(root, sync(alone, write=False).stray) == sorted(numpy)


def test_a_changed_statement_makes_its_language_stale(course, root, edit):
    """Only files that would differ are written."""
    sync(course, write=True)
    edited = edit(SOURCE, "# A callable that halves.", "# Something that halves.")

    assert relative(root, sync(edited, write=True).changed) == ALL[:2]
    assert sync(edited, write=False).clean


def test_an_edited_starter_is_stale(course, root):
    """A starter is derived: what was changed by hand is put back."""
    sync(course, write=True)
    path = root / "assignments/basics/basics.py"
    before = path.read_bytes()
    path.write_bytes(before.replace(b"\n", b"\r\n"))

    assert (path,) == sync(course, write=True).changed
    assert before == path.read_bytes()


def test_stray_files_are_reported_and_kept(course, root):
    """What no source makes is named; given files and what Jupyter leaves behind are not."""
    sync(course, write=True)
    home = root / "assignments"
    (home / "old").mkdir()
    for name in ("notes.txt", "zh/old.py", "files/table.csv", ".ipynb_checkpoints/basics.ipynb"):
        path = home / "basics" / name
        path.parent.mkdir(exist_ok=True)
        path.touch()

    report = sync(course, write=True)
    assert relative(root, report.stray) == ["basics/notes.txt", "basics/zh/old.py", "old"]
    assert not report.clean
    assert (home / "basics/notes.txt").exists()


def test_a_fault_in_one_source_leaves_all_starters_alone(course, root):
    """Nothing is written unless every source can be used."""
    entry = '\n[[assignment]]\nname = "late"\ntitle = { en = "L", zh = "迟" }\nframework = "jax"\n'
    entry += '[[assignment.exercise]]\nname = "f"\npoints = 1\ntitle = { en = "F", zh = "函" }\n'
    path = root / "assignments/course.toml"
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")

    with pytest.raises(AuthoringError, match="cannot be read"):
        sync(Course.load(root), write=True)
    assert not (root / "assignments/basics").exists()
