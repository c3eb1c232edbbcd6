"""Commands for authors of exercises: new, sync, audit."""

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


@click.command("migrate", epilog="Example: gradproof migrate my-course")
@click.argument("directory", type=FOLDER, default=Path())
@guarded
def migrate_command(directory: Path) -> None:
    """Bring a course of an older version up to date.

    DIRECTORY is the course, the current directory if left out. Older versions kept the checks,
    mistakes and tolerances of all exercises of an assignment in one folder; now every exercise has
    a folder of its own. Reports in results/ get the current format; nothing is graded. Nothing is
    lost, and what is up to date stays as it is.
    """
    from grader.course.migration import migrate
    from grader.grading.migrate_results import migrate_results

    reports = migrate_results(directory)
    for path, why in reports.damaged.items():
        click.echo(f"{path}: {why}")
    if reports.written:
        text = _("Reports brought up to date: {count}.")
        click.echo(text.format(count=len(reports.written)))
    done = migrate(directory)
    for target, origin in done.moved.items():
        click.echo(f"{origin} → {target}")
    for path in done.left:
        click.echo(_("{path} belongs to no exercise and stays.").format(path=path))
    if not done.moved:
        click.echo(_("Every exercise has a folder of its own already."))


@click.group(epilog="Example: gradproof new course my-course")
def new() -> None:
    """Create a course or an exercise."""


@new.command("course", epilog="Example: gradproof new course my-course")
@click.argument("directory", type=PATH)
@guarded
def new_course_command(directory: Path) -> None:
    """Create a small, complete course in DIRECTORY.

    DIRECTORY must be empty or not exist yet. The course has one exercise with all its files, and
    passes its audit.
    """
    from grader.course.scaffold import new_course

    for path in new_course(directory):
        click.echo(path)


@new.command("exercise", epilog="Example: gradproof new exercise softmax_regression softmax")
@click.argument("assignment")
@click.argument("name")
@click.option("--like", default="", metavar="EXERCISE", help="Start from a copy of this exercise.")
@click.option("--after", default="", metavar="EXERCISE", help="Place it after this exercise.")
@course_option
@guarded
def new_exercise_command(
    assignment: str, name: str, like: str, after: str, course_dir: Path
) -> None:
    """Create all files of an exercise and list what is left to write.

    Adds the exercise NAME to ASSIGNMENT, which is created if it does not exist, at the end unless
    --after says otherwise.
    """
    from grader.course.scaffold import new_exercise

    made = new_exercise(Course.load(course_dir), assignment, name, like, after)
    for path in made.files:
        click.echo(path)
    say(_("Left to write:"))
    for line in made.left_to_write:
        say(f"  {line}")


@click.command("sync", epilog="Example: gradproof sync --check")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a starter is out of date.")
@course_option
@guarded
def sync_command(check: bool, course_dir: Path) -> None:
    """Generate the starters in assignments/.

    Starters are made from the sources in solutions/, in English and Chinese, as .py and .ipynb.
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
@click.option(
    "--mutants", is_flag=True, help="Also test that the checks catch small edits of the references."
)
@click.option(
    "--seeds",
    type=click.IntRange(1),
    help="Number of seeds to try correct solutions and mistakes with.",
)
@click.option(
    "--calibrate", is_flag=True, help="Measure how far correct solutions deviate, and record it."
)
@click.option("--fresh", is_flag=True, help="Run mutants again even if nothing changed.")
@click.option(
    "--report", "pages", type=FOLDER, help="Write the findings as HTML pages to this directory."
)
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
    """Test the checks of a course or one assignment.

    The reference and all accepted variants must pass. The starter and junk must earn nothing.
    Each known mistake must fail exactly the checks it names, and each check must catch a mistake.
    Exits with 3 if there are findings.
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
    """Print how often correct solutions were run, and how likely a false rejection is."""
    text = _("{runs} runs of right solutions under other seeds; {odds}")
    chances = sum(sum(audit.chances.values()) for audit in report.audits)
    never = _("no check leaves anything to chance.")
    some = _("chance rejects one at most {chances} times in 10⁹ runs of everything.")
    odds = some.format(chances=chances) if chances else never
    runs = sum(audit.runs for audit in report.audits)
    STDOUT.print(text.format(runs=runs, odds=odds), soft_wrap=True)
