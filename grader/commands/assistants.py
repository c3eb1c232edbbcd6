"""Commands for those who explain grades and change them: show, override."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from grader.atomic_write import write_all
from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.language import _

from .common import PATH, STDOUT, course_option, guarded, isolation_option, near, say, tell


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
    from grader.report.learner_html import learner_html
    from grader.report.learner_page import learner_view

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
        for line in overrides.lines_of(course):
            tell(line)
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
