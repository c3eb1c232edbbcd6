"""The command that grades a class: score."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import Assignment
from grader.language import _, listed

from .common import (
    PATH,
    STDOUT,
    course_option,
    device_option,
    guarded,
    isolation_option,
    jobs_option,
    json_option,
    progress,
    say,
    tell,
)

if TYPE_CHECKING:
    from grader.grading.score import Scored

#: the most learners named in one line
_SHOWN = 8


@click.command("score", epilog="Example: gradproof score softmax_regression --jobs 2")
@click.argument("assignment")
@jobs_option
@click.option("--learner", "learners", multiple=True, help="Grade this learner only; repeatable.")
@device_option
@isolation_option
@click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Grade on the Dask cluster at tls://HOST:PORT, or on slurm with --jobs jobs.",
)
@json_option
@click.option(
    "--reseed", is_flag=True, help="Draw new inputs for hidden checks and grade everyone again."
)
@click.option(
    "--dry-run", is_flag=True, help="Write nothing; say whose points would move, and why."
)
@click.option("--explain", is_flag=True, help="Say why what was graded now was graded now.")
@click.option("--junit-xml", type=PATH, help="Also write JUnit XML to this file.")
@click.option(
    "--gradebook",
    is_flag=False,
    flag_value="",
    metavar="[URL]",
    help="Also write grades to nbgrader's gradebook.  [default: gradebook.db in the course]",
)
@course_option
@guarded
def score_command(
    assignment: str,
    jobs: int,
    learners: tuple[str, ...],
    device: str,
    isolation: str,
    cluster: str,
    as_json: bool,
    reseed: bool,
    dry_run: bool,
    explain: bool,
    junit_xml: Path | None,
    gradebook: str | None,
    course_dir: Path,
) -> None:
    """Grade a class and write reports and grades.csv.

    Grades the latest version of each submission. Run again, it grades only what has changed. If
    interrupted, it keeps finished results. Exits with 0 if every learner has a grade, good or bad.
    """
    from grader.atomic_write import write_whole
    from grader.grading.score import ScoreOptions, score
    from grader.report.junit_xml import to_junit
    from grader.report.terminal import class_table

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    if dry_run and (reseed or gradebook is not None or junit_xml is not None):
        raise UsageError(_("With --dry-run nothing is written; leave out the other options."))
    if gradebook is not None:
        from grader.gradebook.publish import look_over, publish

        look_over(course, task, gradebook)
    if junit_xml is not None:
        junit_xml.parent.mkdir(parents=True, exist_ok=True)
    with progress("score") as show:
        scored = score(
            course,
            task,
            ScoreOptions(jobs, learners, device, isolation, reseed, dry_run, cluster),
            lambda done, total, who: show(completed=done, total=total, description=who.learner),
        )
    if junit_xml is not None:
        write_whole(junit_xml, to_junit(scored.results))
    entered = ""
    if gradebook is not None:
        entered = publish(course, task, scored.results, gradebook)
    if as_json:
        click.echo(_as_json(scored, task, explain))
    else:
        STDOUT.print(class_table(scored.results, STDOUT.width))
        if explain:
            _explain(scored, task)
    _say_score(scored, entered)
    sys.exit(4 if scored.lost or not all(result.final for result in scored.results) else 0)


def _as_json(scored: Scored, task: Assignment, explain: bool) -> bytes:
    """Return the reports; to *explain*, in an object, beside why they were graded now."""
    from grader.grading.regrade_reasons import grouped
    from grader.report.json_report import to_json

    reports = b"[" + b",".join(map(to_json, scored.results)) + b"]"
    if not explain:
        return reports
    names = [exercise.name for exercise in task.exercises]
    why = [
        {"learners": one.learners, "exercises": one.exercises or names, "reasons": one.reasons}
        for one in grouped(scored.why, names)
    ]
    return msgspec.json.encode({"reports": msgspec.Raw(reports), "graded_because": why})


def _explain(scored: Scored, task: Assignment) -> None:
    """Print why what was graded now was graded now, by group of learners."""
    from grader.grading.regrade_reasons import grouped

    names = [exercise.name for exercise in task.exercises]
    for one in grouped(scored.why, names):
        what = listed(one.exercises) or _("all exercises")
        text = _("{exercises} of {count} learners ({learners}):")
        if len(one.learners) == 1:
            text = _("{exercises} of {learners}:")
        who = _some(one.learners)
        said = text.format(exercises=what, count=len(one.learners), learners=who)
        lines = [said, *(f"  {reason}" for reason in one.reasons)]
        tell("\n".join(lines))


def _some(learners: Sequence[str]) -> str:
    """Return the first of *learners*."""
    return listed(learners, most=_SHOWN)


def _say_score(scored: Scored, gradebook: str) -> None:
    """Print what the table does not show on stderr."""
    from grader.report.class_summary import missing_libraries

    text = _("{graded} graded now, {kept} unchanged since the last run.")
    say(text.format(graded=scored.graded, kept=len(scored.results) - scored.graded))
    for move in scored.moved:
        say(move.sentence, "yellow")
    if scored.grades is None:
        say(_("Nothing was written."))
    else:
        say(_("Reports and grades.csv: {directory}").format(directory=scored.grades.parent))
    if gradebook:
        say(_("Gradebook: {address}").format(address=gradebook))
    for library, learners in missing_libraries(scored.results).items():
        text = _(
            "Not installed here: {library}. Learners whose code needs it: {count} ({learners}). "
            "Install it and score again, or tell them to do without."
        )
        say(text.format(library=library, count=len(learners), learners=_some(learners)), "yellow")
    for warning in sorted({r.isolation.warning for r in scored.results} - {""}):
        say(warning, "bold red")
    for learner, why in scored.lost.items():
        say(_("{learner} has no grade: {why}.").format(learner=learner, why=why), "red")
