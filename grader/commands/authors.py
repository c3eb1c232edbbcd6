"""Commands for authors of exercises: new, migrate, sync."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.course.catalogue import Course
from grader.language import _

from .common import (
    FOLDER,
    PATH,
    course_option,
    guarded,
    say,
    tell,
)


@click.command("migrate", epilog="Example: gradproof migrate my-course")
@click.argument("directory", type=FOLDER, default=Path())
@guarded
def migrate_command(directory: Path) -> None:
    """Update a course that was made for an older version.

    DIRECTORY is the course, the current directory if left out. Older versions kept the checks,
    mistakes and tolerances of all exercises of an assignment in one folder; now every exercise has
    its own folder. Reports in results/ are converted to the current format; nothing is graded.
    Nothing is lost, and files that are up to date do not change.
    """
    from grader.course.migration import migrate
    from grader.grading.migrate_results import migrate_results

    reports = migrate_results(directory)
    for path, why in reports.damaged.items():
        tell(f"{path}: {why}")
    if reports.written:
        text = _("Reports updated to the current format: {count}.")
        tell(text.format(count=len(reports.written)))
    done = migrate(directory)
    for target, origin in done.moved.items():
        tell(f"{origin} → {target}")
    for path in done.left:
        tell(_("{path} belongs to no exercise; it was left in place.").format(path=path))
    if not done.moved:
        tell(_("Every exercise already has its own folder."))


@click.group("new", epilog="Example: gradproof new course my-course")
def new_command() -> None:
    """Create a course or an exercise."""


@new_command.command("course", epilog="Example: gradproof new course my-course")
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


@new_command.command(
    "exercise", epilog="Example: gradproof new exercise softmax_regression softmax"
)
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
    say(_("Still to write:"))
    for line in made.left_to_write:
        say(f"  {line}")


@click.command("sync", epilog="Example: gradproof sync --check")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a starter is out of date.")
@course_option
@guarded
def sync_command(check: bool, course_dir: Path) -> None:
    """Generate the starters in assignments/.

    Generates them from the sources in solutions/, in English and Chinese, as .py and .ipynb.
    """
    from grader.course.sync import sync

    report = sync(Course.load(course_dir), write=not check)
    for path in report.changed:
        tell(f"{'stale' if check else 'written'}: {path}")
    for path in report.stray:
        tell(f"not generated from any source: {path}")
    if report.stray or (check and report.changed):
        sys.exit(1)
    say(_("Starters are up to date."))
