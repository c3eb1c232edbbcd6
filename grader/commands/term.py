"""Commands for a whole term: rubric, publish, diff, term, forget."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.atomic_write import write_whole
from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Assignment
from grader.language import _, listed

from .common import (
    PATH,
    be_sure,
    course_option,
    guarded,
    isolation_option,
    jobs_option,
    near,
    progress,
    say,
    tell,
)

if TYPE_CHECKING:
    from grader.grading.published import Difference


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
        tell(line)
    if target is not None:
        write_whole(target, sheet(task, known))
        say(_("Written: {path}").format(path=near(target)))


@click.command("publish", epilog="Example: gradproof publish sgd")
@click.argument("assignment")
@course_option
@guarded
def publish_command(assignment: str, course_dir: Path) -> None:
    """Freeze what learners see, to compare with it later.

    Keeps all reports as they are now in published/ in the course, numbered. Send or release them
    after this. Reports that are not final are left out.
    """
    from grader.grading.published import publish

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    _say_outdated(course, [task])
    done = publish(course, task)
    text = _("Published: {path}, with {count} reports.")
    say(text.format(path=near(done.path), count=len(done.results)))
    waits = [result.learner for result in done.results if result.waits]
    if waits:
        say(_("Waiting for a person: {learners}").format(learners=listed(waits)), "yellow")
    if done.left_out:
        text = _("Left out, without a final report: {learners}")
        say(text.format(learners=listed(done.left_out)), "yellow")


@click.command("diff", epilog="Example: gradproof diff sgd")
@click.argument("assignment")
@click.option("--learner", "learners", multiple=True, help="This learner only; repeatable.")
@jobs_option
@isolation_option
@course_option
@guarded
def diff_command(
    assignment: str, learners: tuple[str, ...], jobs: int, isolation: str, course_dir: Path
) -> None:
    """Say what scoring would change against what was published.

    Grades what has changed, applies the rules of the course as they are now, and writes nothing.
    Prints a line for each learner whose points move, from what to what, and why, to be pasted into
    a mail. Exits with 1 if somebody's points move.
    """
    from grader.grading.published import difference
    from grader.grading.score import ScoreOptions

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    with progress("diff"):
        options = ScoreOptions(jobs, learners, level=isolation, dry_run=True)
        found = difference(course, task, options)
    for line in difference_lines(found):
        tell(line)
    when = f"{found.when:%Y-%m-%d %H:%M} UTC"
    text = _("Published at {when}: {moved} would move, {same} would stay. Nothing was written.")
    say(text.format(when=when, moved=len(found.moves), same=found.same))
    sys.exit(1 if found.moves else 0)


def difference_lines(found: Difference) -> Iterator[str]:
    """Yield what *found* has to say of each learner."""
    from grader.report.points_text import decimal_text
    from grader.report.safe_text import one_line

    for move in found.moves:
        yield move.sentence
    new = _("{learner}: {points} points, not published yet")
    for result in found.new:
        yield new.format(learner=one_line(result.learner), points=decimal_text(result.score))
    for learner in found.gone:
        yield _("{learner}: published, but has no final result now").format(learner=learner)


@click.command("term", epilog="Example: gradproof term --to term.csv")
@click.option("--to", "target", type=PATH, help="Where to write it.  [default: results/term.csv]")
@course_option
@guarded
def term_command(target: Path | None, course_dir: Path) -> None:
    """Write the total of every learner over all assignments.

    Reads the reports of the last score of each assignment, and writes one row for each learner:
    points, weights, what was dropped, late days, and the total in percent. Grades nothing.
    """
    from grader.grading.term import standings
    from grader.grading.term_csv import FILE, to_term_csv

    course = Course.load(course_dir)
    found = standings(course)
    _say_outdated(course, course.assignments)
    target = target or course.root / "results" / FILE
    write_whole(target, to_term_csv(course, found))
    say(_("Written: {path}, with {count} learners.").format(path=near(target), count=len(found)))
    waits = [one.learner for one in found if one.waits]
    if waits:
        say(_("Waiting for a person: {learners}").format(learners=listed(waits)), "yellow")


def _say_outdated(course: Course, assignments: Iterable[Assignment]) -> None:
    """Say whose reports do not have the points that the rules give today."""
    from grader.grading.policies import outdated
    from grader.grading.score import submissions_of

    text = _(
        "Rules or points have changed since {name} was scored, for {learners}: score it again."
    )
    for assignment in assignments:
        learners = outdated(course, assignment, submissions_of(course))
        if learners:
            say(text.format(name=assignment.name, learners=listed(learners)), "yellow")


@click.command("forget", epilog="Example: gradproof forget ada --also pages --also gradebook.csv")
@click.argument("learner")
@click.option(
    "--also", multiple=True, type=PATH, help="Pages or exported tables elsewhere; repeatable."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@course_option
@guarded
def forget_command(learner: str, also: tuple[Path, ...], yes: bool, course_dir: Path) -> None:
    """Remove a learner: submissions, reports, publications, tables, pages.

    Says what there is, and asks before anything is removed. Files of others that still name the
    learner are listed at the end. A gradebook of nbgrader is left to nbgrader, and a copy
    of the course, such as in Git or in a backup, to you.
    """
    from grader.grading.forget import forget, trace

    course = Course.load(course_dir)
    for path in also:
        if not path.exists():
            raise UsageError(_("There is no file {file}.").format(file=path))
    found = trace(course, learner, also)
    for path in found.folders:
        click.echo(near(path))
    for path, rows in found.tables.items():
        tell(_("{path}: {rows} rows").format(path=near(path), rows=rows))
    for path in found.receipts:
        tell(_("{path}: the name in the group").format(path=near(path)))
    if not yes:
        be_sure(_("Remove all of this? It cannot be undone."))
    left = forget(course, found)
    say(_("{learner} is removed.").format(learner=learner))
    if left:
        say(_("These still name {learner}; look at them:").format(learner=learner), "yellow")
        for path in left:
            say(f"  {near(path)}", "yellow")
    if (course.root / "gradebook.db").is_file():
        text = _("In nbgrader's gradebook: nbgrader db student remove {learner} --force")
        say(text.format(learner=learner), "yellow")
