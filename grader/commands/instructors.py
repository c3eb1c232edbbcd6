"""Commands for instructors and CI: release, collect, grade, replay."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import FRAMEWORKS, Assignment, Language
from grader.language import _, listed, use

from .ci_output import ci_option, junit_option, write_for_ci
from .common import (
    FOLDER,
    LANGUAGE,
    PATH,
    STDOUT,
    course_option,
    device_option,
    end_with,
    guarded,
    isolation_option,
    json_option,
    near,
    progress,
    say,
)

if TYPE_CHECKING:
    from grader.kit.kit import Kit


@click.command(
    "release",
    epilog="Example: gradproof release softmax_regression --framework tensorflow --to kits",
)
@click.argument("assignment")
@click.option("--to", "target", required=True, type=FOLDER, help="Directory to write the kit to.")
@click.option(
    "--lang",
    "kit_language",
    type=LANGUAGE,
    default="en",
    show_default=True,
    help="Language of the kit.",
)
@click.option(
    "--framework",
    type=click.Choice(FRAMEWORKS),
    help="Framework of the starter.  [default: that of the reference]",
)
@click.option("--zip", "as_zip", is_flag=True, help="Write a zip instead of a folder.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["kit", "nbgrader"]),
    default="kit",
    show_default=True,
    help="nbgrader: write notebooks to nbgrader's folders source/ and release/.",
)
@course_option
@guarded
def release_command(
    assignment: str,
    target: Path,
    kit_language: Language,
    framework: str | None,
    as_zip: bool,
    form: str,
    course_dir: Path,
) -> None:
    """Create the kit that learners get.

    The kit holds the starter, the public checks, recorded answers and a README. It is searched
    for parts of the solution and of hidden checks before it is written. Checks and recorded answers
    are the same in every framework; --framework chooses what the starter is written in.
    """
    from grader.gradebook.nbgrader_release import release_nbgrader
    from grader.kit.release import release

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    paths: tuple[Path, ...]
    with progress("release"):
        if form == "nbgrader":
            if as_zip:
                raise UsageError(_("nbgrader cannot read zip files; leave out --zip."))
            paths = release_nbgrader(course, task, target, kit_language, framework or "")
        else:
            paths = (release(course, task, target, kit_language, as_zip, framework or ""),)
    for path in paths:
        click.echo(path)
    say(_("Verified: the kit contains no line of a solution and no hidden check."))
    if form == "nbgrader":
        _say_unsolved(course, task, framework or task.framework)


def _say_unsolved(course: Course, task: Assignment, framework: str) -> None:
    """Print which exercises have no solution in nbgrader's source."""
    from grader.course.solved import solved_cells

    solved = solved_cells(course, task, framework)
    names = [exercise.name for exercise in task.exercises if exercise.name not in solved]
    if names:
        text = _(
            "In source/, these have no solution, because no accepted variant in {framework} fits "
            "into the starter: {exercises}."
        )
        say(text.format(framework=framework, exercises=listed(names)), "yellow")


@click.command("collect", epilog="Example: gradproof collect softmax_regression --from class.zip")
@click.argument("assignment")
@click.option(
    "--from", "source", required=True, type=PATH, help="A folder, a zip, a tar or a single file."
)
@click.option(
    "--pattern",
    metavar="REGEX",
    help="Read each path with this regular expression; groups: learner, attempt, date, assignment.",
)
@click.option("--ids", type=PATH, help="CSV file that maps names in the source to learners' ids.")
@click.option("--encoding", help="Encoding of file names in archives that do not state it.")
@json_option
@course_option
@guarded
def collect_command(
    assignment: str,
    source: Path,
    pattern: str | None,
    ids: Path | None,
    encoding: str | None,
    as_json: bool,
    course_dir: Path,
) -> None:
    """Collect the submissions of a class.

    Takes a folder of files or of folders, or an archive of them; downloads of learning platforms
    are understood. With a roster.csv in the course, learners are matched with it, and missing
    learners are listed; without one, file names identify the learners. All versions are kept.
    Exits with 1 if a file was refused.
    """
    from grader.course.slots import slot_of
    from grader.grading.score import submissions_of
    from grader.report.terminal import collection_view
    from grader.submission.collect import collect
    from grader.submission.roster import naming_rules

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    rules = naming_rules(course.root, pattern, ids, encoding)
    with progress("collect"):
        slot = slot_of(course, task)
        collection = collect(source, task.name, submissions_of(course), rules, slot=slot)
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(collection), indent=2, ensure_ascii=False))
    else:
        STDOUT.print(collection_view(collection))
    sys.exit(1 if collection.refused else 0)


@click.command("grade", epilog="Example: gradproof grade mine.py --assignment softmax_regression")
@click.argument("file", type=PATH)
@click.option("--assignment", required=True, help="The assignment that FILE is submitted for.")
@click.option(
    "--exercise", "exercises", multiple=True, help="Grade this exercise only; repeatable."
)
@click.option(
    "--framework", type=click.Choice(FRAMEWORKS), help="Framework to assume if the file names none."
)
@device_option
@isolation_option
@json_option
@junit_option
@ci_option
@course_option
@guarded
def grade_command(
    file: Path,
    assignment: str,
    exercises: tuple[str, ...],
    framework: str | None,
    device: str,
    isolation: str,
    as_json: bool,
    junit_xml: Path | None,
    in_ci: bool,
    course_dir: Path,
) -> None:
    """Grade one submission, for example in CI.

    FILE is a .py file, an .ipynb file, a folder or an archive. Exits with 0 for full marks, 1 for
    less.
    """
    from grader.grading.grade import grade_file
    from grader.report.terminal import result_view

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    with progress("grade"):
        result = grade_file(course, task, file, exercises, framework, device, isolation)
    end_with(
        result,
        as_json,
        lambda: result_view(result),
        lambda: write_for_ci(result, task, file, junit_xml, in_ci, as_json),
        in_ci,
    )


@click.command("replay", epilog="Example: gradproof replay report.json softmax/test_values")
@click.argument("report", nargs=-1, type=PATH, metavar="[REPORT]")
@click.argument("check")
@click.option(
    "--call", "number", type=click.IntRange(1), help="Show this call of the check, counted from 1."
)
@click.option(
    "--to",
    "folder",
    type=FOLDER,
    help="Where to write the files.  [default: replay/ beside REPORT; .gradproof/replay/ in a kit]",
)
@isolation_option
@course_option
@guarded
def replay_command(
    report: tuple[Path, ...],
    check: str,
    number: int | None,
    folder: Path | None,
    isolation: str,
    course_dir: Path,
) -> None:
    """Show a failing case as a short script.

    CHECK is exercise/test_name, test_name alone, or an exercise (its first failing check). With a
    REPORT (report.json, written by score), that learner's submission is checked again; in a kit,
    without a report, your own file. Shows the first call with a wrong answer, or the last call if
    none is wrong. The script is printed and written to a folder, with the code that it calls
    (mine.py) and the arrays that are too large to print (replay.npz).
    """
    from grader.desk.replay import replay_desk
    from grader.grading.replay import replay_report
    from grader.kit.kit import HOME
    from grader.report.replay_script import SCRIPT

    if len(report) > 1:
        raise UsageError(_("Name one report and one check."))
    if report:
        replayed = replay_report(Course.load(course_dir), report[0], check, number, isolation)
        folder = folder or report[0].parent / "replay"
    else:
        kit = _kit_here()
        use(click.get_current_context().find_root().params.get("lang") or kit.language)
        replayed = replay_desk(kit, check, number)
        folder = folder or kit.directory / HOME / "replay"
    replayed.write(folder)
    click.echo(replayed.script.text, nl=False)
    text = _("To run it, without isolation: python {path}")
    say(text.format(path=near(folder.absolute() / SCRIPT)))
    if replayed.warning:
        say(replayed.warning, "bold red")


def _kit_here() -> Kit:
    """Return the kit that contains the current directory."""
    from grader.kit.kit import Kit

    try:
        return Kit.find(Path.cwd())
    except UsageError as error:
        text = _("{reason} Or name a report: gradproof replay results/…/report.json CHECK")
        raise UsageError(text.format(reason=error)) from None
