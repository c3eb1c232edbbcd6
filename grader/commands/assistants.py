"""Commands for those who explain grades and change them: show, override, export."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

import click

from grader.atomic_write import write_all
from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.language import _

from .common import PATH, STDOUT, course_option, guarded, isolation_option, near, say


@click.command("show", epilog="Example: gradproof show ada softmax --to ada.html")
@click.argument("learner")
@click.argument("asked", required=False, default="", metavar="[EXERCISE|ASSIGNMENT]")
@click.option("--to", "target", type=PATH, help="Write an HTML page to this file instead.")
@isolation_option
@course_option
@guarded
def show_command(
    learner: str, asked: str, target: Path | None, isolation: str, course_dir: Path
) -> None:
    """Show a learner's work: code, failing cases, points, earlier versions.

    For staff: it shows the inputs of hidden checks, too. Checks that did not pass run again, on
    the submission that the report is about. Name an exercise to see it alone.
    """
    from grader.grading.show import show
    from grader.report.learner_page import learner_html, learner_view

    page = show(Course.load(course_dir), learner, asked, isolation)
    if target is None:
        STDOUT.print(learner_view(page))
        return
    write_all({target: learner_html(page).encode()}, private=True)
    say(
        _("Written: {path}. It shows hidden checks: it is for staff only.").format(
            path=near(target)
        )
    )


@click.command("override", epilog="Example: gradproof override ada softmax 4.5 --reason 'typo'")
@click.argument("learner", required=False)
@click.argument("exercise", required=False)
@click.argument("points", required=False)
@click.option("--reason", default="", help="Why; learners read it in their report.")
@click.option("--by", default="", help="Who gives the points.  [default: you]")
@click.option("--remove", is_flag=True, help="Let the checks count again.")
@course_option
@guarded
def override_command(
    learner: str | None,
    exercise: str | None,
    points: str | None,
    reason: str,
    by: str,
    remove: bool,
    course_dir: Path,
) -> None:
    """Give points for an exercise in place of those of its checks.

    The override is kept in overrides.csv in the course and survives regrading; score writes it to
    reports and grades. Without arguments, lists all overrides.
    """
    from grader.grading import overrides

    course = Course.load(course_dir)
    if learner is None:
        click.echo("".join(f"{line}\n" for line in overrides.listed(course)), nl=False)
        return
    if exercise is None or (points is None and not remove):
        raise UsageError(_("Name a learner, an exercise and points, or use --remove."))
    if points is None or remove:
        assignment = overrides.remove_override(course, learner, exercise)
    else:
        who = by or getpass.getuser()
        assignment = overrides.override(course, learner, exercise, points, reason, who)
    text = _("To write it to reports and grades.csv: gradproof score {assignment}")
    say(text.format(assignment=assignment.name))


@click.command("export", epilog="Example: gradproof export sgd --format moodle --into sheet.csv")
@click.argument("assignment")
@click.option(
    "--format",
    "platform",
    type=click.Choice(["canvas", "moodle"]),
    required=True,
    help="canvas: a gradebook exported there; moodle: a grading worksheet downloaded there.",
)
@click.option("--into", type=PATH, required=True, help="The platform's file to fill.")
@click.option("--to", "target", type=PATH, help="Where to write it.  [default: beside it, -graded]")
@click.option("--column", default="", help="The column to fill, if it is not found by its name.")
@course_option
@guarded
def export_command(
    assignment: str, platform: str, into: Path, target: Path | None, column: str, course_dir: Path
) -> None:
    """Fill grades into a file of Canvas or Moodle, to be imported there.

    The file keeps the platform's own rows and names; only grades are filled in. Exits with 1 if
    somebody's grade has no row.
    """
    from grader.grading.export import export

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    target = target or into.with_stem(f"{into.stem}-graded")
    done = export(course, task, platform, into, target, column)
    text = _("Written: {path}, with {count} grades.")
    say(text.format(path=near(target), count=len(done.filled)))
    if done.maximum and done.maximum != str(task.points):
        text = _("The platform gives {maximum} points at most, this course {points}.")
        say(text.format(maximum=done.maximum, points=task.points), "yellow")
    if done.unknown:
        text = _("Rows that name nobody with a grade: {rows}")
        say(text.format(rows="; ".join(done.unknown)), "yellow")
    if done.missing:
        text = _("Learners with a grade whom no row names: {learners}")
        say(text.format(learners=", ".join(done.missing)), "red")
    sys.exit(1 if done.missing else 0)
