"""Commands of those who write exercises."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.course.catalogue import Course
from grader.errors import AuthoringError
from grader.language import _

from .common import (
    FOLDER,
    PATH,
    STDOUT,
    course_option,
    guarded,
    json_option,
    near,
    progress,
    say,
)

if TYPE_CHECKING:
    from grader.audit.findings import CourseAudit


@click.group(epilog="Example: gradproof new course my-course")
def new() -> None:
    """Make a course, or all files of one exercise."""


@new.command("course", epilog="Example: gradproof new course my-course")
@click.argument("directory", type=PATH)
@guarded
def new_course_command(directory: Path) -> None:
    """Make a small course that works.

    DIRECTORY must be empty or new. The course has one exercise, with everything an exercise has.
    """
    from grader.course.scaffold import new_course

    for path in new_course(directory):
        click.echo(path)


@new.command("exercise", epilog="Example: gradproof new exercise softmax_regression softmax")
@click.argument("assignment")
@click.argument("name")
@course_option
@guarded
def new_exercise_command(assignment: str, name: str, course_dir: Path) -> None:
    """Make all files of one exercise, and say what is left to write.

    The exercise NAME goes to the end of ASSIGNMENT, which is made if there is none so called.
    """
    from grader.course.scaffold import new_exercise

    made = new_exercise(Course.load(course_dir), assignment, name)
    for path in made.files:
        click.echo(path)
    say(_("Left to write:"))
    for line in made.left_to_write:
        say(f"  {line}")


@click.command("sync", epilog="Example: gradproof sync --check")
@click.option("--check", is_flag=True, help="Only compare; exit 1 if something is stale.")
@course_option
@guarded
def sync_command(check: bool, course_dir: Path) -> None:
    """Write the starters in assignments/.

    They are made from the sources in solutions/, in English and in Chinese, as .py and .ipynb.
    """
    from grader.course.sync import sync

    report = sync(Course.load(course_dir), write=not check)
    for path in report.changed:
        click.echo(f"{'stale' if check else 'written'}: {path}")
    for path in report.stray:
        click.echo(f"made by no source: {path}")
    if report.stray or (check and report.changed):
        sys.exit(1)
    say(_("Starters are up to date."))


@click.command("audit", epilog="Example: gradproof audit softmax_regression")
@click.argument("assignment", required=False)
@click.option("--mutants", is_flag=True, help="Every small edit of a reference must fail, too.")
@click.option(
    "--seeds", type=click.IntRange(1), help="Try right solutions and mistakes under so many seeds."
)
@click.option("--calibrate", is_flag=True, help="Record how far right solutions are off.")
@click.option("--fresh", is_flag=True, help="Grade mutants again that nothing has changed for.")
@click.option("--report", "pages", type=FOLDER, help="Write the findings as HTML pages there.")
@json_option
@course_option
@guarded
def audit_command(
    assignment: str | None,
    mutants: bool,
    seeds: int | None,
    calibrate: bool,
    fresh: bool,
    pages: Path | None,
    as_json: bool,
    course_dir: Path,
) -> None:
    """Check the checks.

    The reference and every accepted variant must pass, the starter and junk earn nothing, every
    known mistake fail exactly the checks it names, every check catch something. Exit 3 if not.
    """
    from grader.audit.course_audit import SEEDS, AuditOptions, audit
    from grader.report.terminal import audit_tables

    course = Course.load(course_dir)
    names = [assignment] if assignment else [a.name for a in course.assignments]
    with progress("audit") as show:

        def step(text: str, done: int, total: int) -> None:
            show(description=text, completed=done, total=total)

        report = audit(course, names, step, AuditOptions(mutants, seeds or SEEDS, calibrate, fresh))
    if as_json:
        click.echo(json.dumps(report.payload(), indent=2, ensure_ascii=False))
    else:
        STDOUT.print(audit_tables(report.rows(), report.mutation_rows()))
        for finding in report.findings:
            click.echo(AuthoringError(finding.what, near(finding.path), finding.line))
        _say_odds(report)
    remembered = sum(mutation.remembered for mutation in report.mutations)
    if remembered:
        graded = sum(mutation.mutants for mutation in report.mutations) - remembered
        text = _("{graded} mutants graded; {remembered} verdicts are of an earlier audit.")
        say(text.format(graded=graded, remembered=remembered))
    if pages:
        from grader.audit.pages import write_pages

        say(_("Written: {path}").format(path=near(write_pages(course, report, pages))))
    sys.exit(3 if report.findings else 0)


def _say_odds(report: CourseAudit) -> None:
    """Say how often right solutions were tried, and how often chance may reject one."""
    text = _("{runs} runs of right solutions under other seeds; {odds}")
    chances = sum(sum(audit.chances.values()) for audit in report.audits)
    never = _("no check leaves anything to chance.")
    some = _("chance rejects one at most {chances} times in 10⁹ runs of everything.")
    odds = some.format(chances=chances) if chances else never
    runs = sum(audit.runs for audit in report.audits)
    STDOUT.print(text.format(runs=runs, odds=odds), soft_wrap=True)
