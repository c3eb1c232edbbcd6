"""What a course holds for each exercise, as its files say."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from cli import main
from grader.audit.course_audit import exercises_named
from grader.audit.syllabus import syllabus
from grader.course.catalogue import Course
from grader.errors import AuthoringError
from grader.report.syllabus_table import syllabus_markdown, syllabus_table

from ..report.test_terminal import shown
from ..warmup import CHECKS, edited

VARIANT = "# framework: {}\ndef scale(x, factor):\n    return x * factor\n"


def rows_of(course: Course, mutations=None):
    """Return the syllabus of the whole course."""
    return list(syllabus(course, exercises_named(course, []), mutations))


def test_everything_is_counted_that_its_author_wrote(warmup):
    """Points, public and hidden checks, mistakes, and variants by framework."""
    home = warmup.accepted_dir(warmup.assignments[0])
    (home / "by_hand.py").write_text(VARIANT.format("jax"), encoding="utf-8")

    (row,) = rows_of(warmup)

    assert (row.assignment, row.exercise, str(row.points)) == ("warmup", "scale", "4")
    assert (row.public, row.hidden, row.mistakes) == (2, 1, 3)
    assert row.variants == {"jax": 1, "numpy": 3}


def test_checks_that_are_no_python_are_named(warmup):
    """With file and line."""
    course = edited(warmup, f"{CHECKS}/test_public.py", "def test_values(", "def (")

    with pytest.raises(AuthoringError, match=r"test_public\.py:\d+: the checks are not Python"):
        rows_of(course)


def test_frameworks_without_a_variant_are_named(warmup):
    """In a column that is only there if it says something."""
    home = warmup.accepted_dir(warmup.assignments[0])
    assert "none accepted in" in shown(syllabus_table(rows_of(warmup)))

    for framework in ("torch", "tensorflow", "jax", "mxnet"):
        (home / f"in_{framework}.py").write_text(VARIANT.format(framework), encoding="utf-8")

    assert "none accepted in" not in shown(syllabus_table(rows_of(warmup)))


def test_a_mutation_score_leaves_equivalents_out(warmup):
    """Of eight that differ from the reference, seven were killed; unknown ones have no column."""
    known = syllabus_markdown(rows_of(warmup, {("warmup", "scale"): (7, 8)}))

    assert "| 87.5 % |" in known
    assert "mutation score" not in syllabus_markdown(rows_of(warmup))


def test_the_command_prints_a_table_markdown_or_json(warmup):
    """All of the same exercises."""

    def printed(*options: str) -> str:
        command = ["--lang", "en", "syllabus", "--course", str(warmup.root), *options]
        return CliRunner().invoke(main, command, catch_exceptions=False).stdout

    assert "│ scale " in printed()
    assert printed("--markdown").splitlines()[2].startswith("| warmup | scale | ")
    (entry,) = json.loads(printed("--json"))
    assert entry["checks"] == {"public": 2, "hidden": 1}
    assert "mutants" not in entry
