"""The course that ``gradproof new course`` makes, for tests that grade with it."""

from __future__ import annotations

from pathlib import Path

from grader.course.catalogue import Course
from grader.course.scaffold import new_course

CHECKS = "autograder_tests/warmup/scale"
SOURCE = "solutions/warmup/warmup.py"
RIGHT = "# framework: numpy\ndef scale(x, factor):\n    return factor * x\n"


def made(root: Path) -> Course:
    """Write the scaffolded course to *root*."""
    new_course(root)
    return Course.load(root)


def edited(course: Course, name: str, old: str, new: str) -> Course:
    """Return the course after one edit of one of its files."""
    path = course.root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
    return Course.load(course.root)
