"""Commands that carry grades to platforms, and checks to their machines."""

from __future__ import annotations

import functools
import json
import os
import sys
from pathlib import Path

import click

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import FRAMEWORKS
from grader.grading.export import FORMATS
from grader.language import CLAUSES, _, current, listed
from grader.report.gradescope_json import VISIBILITIES

from .ci_output import add_summary, ci_option, junit_option, no_commands
from .common import (
    FOLDER,
    PATH,
    STDOUT,
    course_option,
    guarded,
    isolation_option,
    json_option,
    near,
    progress,
    say,
)


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
    "downloaded there. gradescope: a zip that hands grades over as an autograder, or a folder with "
    "a results.json for each learner.",
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
@click.option(
    "--push",
    is_flag=False,
    flag_value="",
    metavar="[ADDRESS]",
    help="Show what differs on Canvas, at the assignment's address there, with the token in "
    "CANVAS_TOKEN.  [default: canvas in course.toml]",
)
@click.option("--yes", is_flag=True, help="With --push: send it.")
@course_option
@guarded
def export_command(
    assignment: str,
    form: str,
    into: Path | None,
    target: Path | None,
    column: str,
    push: str | None,
    yes: bool,
    course_dir: Path,
) -> None:
    """Write grades in the form that a platform imports, or send them to Canvas.

    A platform's file keeps its own rows and names; only grades are filled in. Exits with 1 if
    somebody's grade has no row.
    """
    from grader.grading.export import export
    from grader.grading.filled_tables import as_points

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    if push is not None:
        if form != "canvas" or into or target or column:
            raise UsageError(_("--push goes with --format canvas, and with no file."))
        from .canvas_push import push_grades

        sys.exit(push_grades(course, task, push or task.canvas, yes))
    if yes:
        raise UsageError(_("--yes goes with --push."))
    done, place = export(course, task, form, into, target, column)
    text = _("Written: {path}, with {count} grades.")
    say(text.format(path=near(place), count=len(done.learners)))
    if done.maximum and as_points(done.maximum) != task.points:
        text = _("The platform gives {maximum} points at most, this course {points}.")
        say(text.format(maximum=done.maximum, points=task.points), "yellow")
    if done.unknown:
        text = _("Rows that name nobody with a grade: {rows}")
        say(text.format(rows=listed(done.unknown, CLAUSES)), "yellow")
    if done.missing:
        text = _("Learners with a grade whom no row names: {learners}")
        say(text.format(learners=listed(done.missing)), "red")
    if done.above:
        text = _("Above what the platform takes, so it would leave these as they are: {learners}")
        say(text.format(learners=listed(done.above)), "red")
    if done.waiting:
        text = _("Left out, as they wait for a person: {learners}")
        say(text.format(learners=listed(done.waiting)), "yellow")
    sys.exit(1 if done.missing or done.above else 0)


@click.command(
    "autograder",
    epilog="Example: gradproof autograder softmax_regression --for gradescope --to autograder.zip",
)
@click.argument("assignment")
@click.option(
    "--for",
    "platform",
    type=click.Choice(["gradescope", "classroom50"]),
    default="gradescope",
    show_default=True,
    help="Whose machines grade. classroom50: the public checks alone, since all can read them.",
)
@click.option("--to", "target", type=PATH, help="The zip to write; for classroom50, the folder.")
@click.option(
    "--framework",
    "frameworks",
    type=click.Choice(FRAMEWORKS),
    multiple=True,
    help="Framework to install there; repeatable.  [default: those of the starters]",
)
@click.option(
    "--hidden",
    type=click.Choice(VISIBILITIES),
    default=VISIBILITIES[0],
    show_default=True,
    help="When learners see the results of hidden checks on Gradescope.",
)
@click.option("--run", "home", type=FOLDER, help="Grade there; what the autograder itself calls.")
@course_option
@guarded
def autograder_command(
    assignment: str,
    platform: str,
    target: Path | None,
    frameworks: tuple[str, ...],
    hidden: str,
    home: Path | None,
    course_dir: Path,
) -> None:
    """Write an autograder that a platform's machines run.

    For Gradescope, it holds the checks, the reference and gradproof, and says in each report which
    isolation held. What fails on our side never becomes a 0. Keep the zip as private as the course.
    """
    from grader.grading.autograder import write_autograder
    from grader.grading.gradescope_run import run_for_gradescope
    from grader.kit.classroom50 import run_for_classroom50, write_classroom50

    if home is not None:
        if platform == "gradescope":
            load = functools.partial(Course.load, course_dir)
            reason = run_for_gradescope(home, load, assignment, hidden)
        else:
            reason = run_for_classroom50(home, Path.cwd(), os.environ)
        if reason:
            say(_("Nobody was graded: {reason}").format(reason=reason), "red")
        sys.exit(4 if reason else 0)
    if target is None:
        raise UsageError(_("Name the file or folder to write with --to."))
    course = Course.load(course_dir)
    task = course.assignment(assignment)
    with progress("autograder"):
        if platform == "gradescope":
            done = write_autograder(course, task, target, frameworks, hidden)
            text = _("Written: {path}, {count} files. It holds the checks: it is for staff only.")
        else:
            done = write_classroom50(course, task, target, current(), frameworks)
            text = _("Written: {path}, {count} files. It holds public checks alone.")
    say(text.format(path=near(target), count=len(done.files)))
    if done.unpinned:
        text = _("Not installed here, so the newest version is taken there: {packages}")
        say(text.format(packages=listed(done.unpinned)), "yellow")


@click.command("sweep", epilog="Example: gradproof sweep softmax_regression --from repos.csv")
@click.argument("assignment")
@click.option(
    "--from",
    "source",
    type=PATH,
    help="Table with the columns learner and repository, and if need be branch and path.  "
    "[default: roster.csv in the course]",
)
@click.option(
    "--repository",
    "only",
    multiple=True,
    help="Fetch this one only: its address, or the end of it; repeatable.",
)
@click.option("--late", is_flag=True, help="Take the newest commit, even after the due date.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="cores",
    help="Number of grading processes.",
)
@junit_option
@ci_option
@json_option
@isolation_option
@course_option
@guarded
def sweep_command(
    assignment: str,
    source: Path | None,
    only: tuple[str, ...],
    late: bool,
    jobs: int,
    junit_xml: Path | None,
    in_ci: bool,
    as_json: bool,
    isolation: str,
    course_dir: Path,
) -> None:
    """Fetch the repositories of a class, collect them as of the due date, and grade.

    The checks stay in the course: nothing runs in a learner's repository. Fetched repositories are
    kept in repositories/ in the course. The token for private ones is read from
    GRADPROOF_GIT_TOKEN. Exits with 1 if a repository gave nothing to grade.
    """
    from grader.atomic_write import write_whole
    from grader.grading.score import ScoreOptions, score
    from grader.grading.sweep import read_repositories, sweep
    from grader.report.junit_xml import to_junit
    from grader.report.sweep_tables import sweep_markdown, sweep_payload, sweep_table

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    listed = read_repositories(course, source, only)
    with progress("sweep") as show:
        done = sweep(course, task, listed, late, lambda name: show(description=name))
    results, lost = [], {}
    if done.learners:
        with progress("score") as show:
            options = ScoreOptions(jobs, done.learners, level=isolation)
            scored = score(
                course,
                task,
                options,
                lambda now, total, who: show(completed=now, total=total, description=who.learner),
            )
        results, lost = scored.results, scored.lost
    if junit_xml is not None:
        write_whole(junit_xml, to_junit(results))
    rows = [(one.listed, one.commit, one.fault, one.notes) for one in done.swept]
    with no_commands(in_ci and not as_json):
        if as_json:
            click.echo(json.dumps(sweep_payload(rows, results), indent=2, ensure_ascii=False))
        else:
            STDOUT.print(sweep_table(rows, results))
    if in_ci:
        add_summary(sweep_markdown(rows, results, task.title), os.environ)
    for learner, why in lost.items():
        say(_("{learner} has no grade: {why}.").format(learner=learner, why=why), "red")
    not_final = lost or not all(result.final for result in results)
    sys.exit(4 if not_final else 1 if any(one.fault for one in done.swept) else 0)
