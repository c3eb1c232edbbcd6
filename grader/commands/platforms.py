"""Commands that carry grades to platforms, and checks to their machines."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.course.catalogue import Course
from grader.grading.export import FORMATS, export
from grader.language import _

from .common import PATH, course_option, guarded, near, say


@click.command(
    "export",
    epilog="Example: gradproof export sgd --format canvas --into gradebook.csv",
)
@click.argument("assignment")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    required=True,
    help="Who reads it. canvas, moodle, blackboard, brightspace, classroom50: fills in a file "
    "downloaded there. gradescope: a results.json for each learner.",
)
@click.option("--into", type=PATH, help="The platform's file to fill; with csv, any table.")
@click.option(
    "--to", "target", type=PATH, help="Where to write it.  [default: beside --into, -graded]"
)
@click.option(
    "--column",
    default="",
    help="The column to fill, if it is not found by its name; for classroom50, the assignment.",
)
@course_option
@guarded
def export_command(
    assignment: str,
    form: str,
    into: Path | None,
    target: Path | None,
    column: str,
    course_dir: Path,
) -> None:
    """Write grades in the form that a platform imports.

    A platform's file keeps its own rows and names; only grades are filled in. Exits with 1 if
    somebody's grade has no row.
    """
    course = Course.load(course_dir)
    task = course.assignment(assignment)
    done, place = export(course, task, form, into, target, column)
    text = _("Written: {path}, with {count} grades.")
    say(text.format(path=near(place), count=len(done.learners)))
    if done.maximum and not _same(done.maximum, str(task.points)):
        text = _("The platform gives {maximum} points at most, this course {points}.")
        say(text.format(maximum=done.maximum, points=task.points), "yellow")
    if done.unknown:
        text = _("Rows that name nobody with a grade: {rows}")
        say(text.format(rows="; ".join(done.unknown)), "yellow")
    if done.missing:
        text = _("Learners with a grade whom no row names: {learners}")
        say(text.format(learners=", ".join(done.missing)), "red")
    sys.exit(1 if done.missing else 0)


def _same(maximum: str, points: str) -> bool:
    """Whether two texts are the same number: 4.00 is 4."""
    try:
        return float(maximum) == float(points)
    except ValueError:
        return maximum == points
