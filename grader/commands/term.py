"""Commands for a whole term: rubric."""

from __future__ import annotations

from pathlib import Path

import click

from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.language import _

from .common import PATH, course_option, guarded, near, say


@click.command("rubric", epilog="Example: gradproof rubric sgd --to sheet.csv")
@click.argument("assignment")
@click.option("--to", "target", type=PATH, help="Write a sheet of those who wait to this file.")
@click.option("--from", "source", type=PATH, help="Take in a sheet that is filled.")
@course_option
@guarded
def rubric_command(
    assignment: str, target: Path | None, source: Path | None, course_dir: Path
) -> None:
    """Give points by hand, for what no check can judge.

    Lists who waits for a person. Write a sheet, fill its points and reasons, and take it in: the
    points are kept in rubric.csv in the course, survive regrading, and score writes them to reports
    and grades.
    """
    from grader.grading.rubric import sheet, take_in, waiting
    from grader.grading.term import reports

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    if not task.rubric:
        text = _("{assignment} has no rubric; add an [[assignment.rubric]] to course.toml.")
        raise UsageError(text.format(assignment=assignment))
    if source is not None:
        if not source.is_file():
            raise UsageError(_("There is no file {file}.").format(file=source))
        filled = take_in(course, task, source)
        text = _("{rows} rows taken in, {without} without points.")
        say(text.format(rows=filled.rows, without=filled.without))
        text = _("To write it to reports and grades.csv: gradproof score {assignment}")
        say(text.format(assignment=assignment))
        return
    known = reports(course, task)
    for line in waiting(known):
        click.echo(line)
    if target is not None:
        write_whole(target, sheet(task, known))
        say(_("Written: {path}").format(path=near(target)))
