"""Commands of those who teach a class, and of their CI."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.course.catalogue import Course
from grader.errors import UsageError
from grader.exercise import FRAMEWORKS, Language
from grader.language import _, use

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
    progress,
    say,
)

if TYPE_CHECKING:
    from grader.grading.score import Scored
    from grader.kit.kit import Kit


@click.command("release", epilog="Example: gradproof release softmax_regression --to kits --zip")
@click.argument("assignment")
@click.option("--to", "target", required=True, type=FOLDER, help="Folder to put the kit in.")
@click.option("--lang", "kit_language", type=LANGUAGE, default="en", show_default=True)
@click.option("--zip", "as_zip", is_flag=True, help="Write one zip instead of a folder.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["kit", "nbgrader"]),
    default="kit",
    show_default=True,
    help="nbgrader: notebooks in its folders source/ and release/.",
)
@course_option
@guarded
def release_command(
    assignment: str,
    target: Path,
    kit_language: Language,
    as_zip: bool,
    form: str,
    course_dir: Path,
) -> None:
    """Make the learner's kit.

    It holds the starter, the public checks, recorded answers and a README; nothing of a solution
    and no hidden check, and that is proven before the kit is there.
    """
    from grader.gradebook.nbgrader_release import release_nbgrader
    from grader.kit.release import release

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    paths: tuple[Path, ...]
    with progress("release"):
        if form == "nbgrader":
            if as_zip:
                raise UsageError(_("nbgrader reads no zip; leave out --zip."))
            paths = release_nbgrader(course, task, target, kit_language)
        else:
            paths = (release(course, task, target, kit_language, as_zip),)
    for path in paths:
        click.echo(path)
    say(_("The kit holds no line of a solution and no hidden check; both were looked for."))


@click.command("collect", epilog="Example: gradproof collect softmax_regression --from class.zip")
@click.argument("assignment")
@click.option("--from", "source", required=True, type=PATH, help="Folder, zip or single file.")
@json_option
@course_option
@guarded
def collect_command(assignment: str, source: Path, as_json: bool, course_dir: Path) -> None:
    """Take in what a class handed in.

    A folder of files, a folder of folders, a zip, a zip of zips. A learner's id is the name of
    the folder, or of the file without the assignment's name; Canvas and Moodle names are
    understood. Every version is kept. Exit 1 if something was refused.
    """
    from grader.grading.score import submissions_of
    from grader.report.terminal import collection_view
    from grader.submission.collect import collect

    course = Course.load(course_dir)
    with progress("collect"):
        collection = collect(source, course.assignment(assignment).name, submissions_of(course))
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(collection), indent=2, ensure_ascii=False))
    else:
        STDOUT.print(collection_view(collection))
    sys.exit(1 if collection.refused else 0)


@click.command("score", epilog="Example: gradproof score softmax_regression --jobs 2")
@click.argument("assignment")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores")
@click.option("--learner", "learners", multiple=True, help="Only this learner; may be repeated.")
@device_option
@isolation_option
@json_option
@click.option("--reseed", is_flag=True, help="Draw other inputs for hidden checks; grade anew.")
@click.option("--junit-xml", type=PATH, help="Also write JUnit XML to this file.")
@click.option(
    "--gradebook",
    is_flag=False,
    flag_value="",
    metavar="[URL]",
    help="Also enter grades into nbgrader's gradebook; without URL, gradebook.db in the course.",
)
@course_option
@guarded
def score_command(
    assignment: str,
    jobs: int,
    learners: tuple[str, ...],
    device: str,
    isolation: str,
    as_json: bool,
    reseed: bool,
    junit_xml: Path | None,
    gradebook: str | None,
    course_dir: Path,
) -> None:
    """Grade the class, and write reports and grades.csv.

    Everyone's latest version is graded; run again, only what changed since. Interrupted, it keeps
    what is done. Exit 0 when every learner has a grade, whatever the grade.
    """
    from grader.grading.score import ScoreOptions, score
    from grader.report.json_report import to_json
    from grader.report.junit_xml import to_junit
    from grader.report.terminal import class_table
    from grader.scoring.results import write_whole

    course = Course.load(course_dir)
    if gradebook is not None:
        from grader.gradebook.publish import look_over, publish

        look_over(course, course.assignment(assignment), gradebook)
    if junit_xml is not None:
        junit_xml.parent.mkdir(parents=True, exist_ok=True)
    with progress("score") as show:
        scored = score(
            course,
            course.assignment(assignment),
            ScoreOptions(jobs, learners, device, isolation, reseed),
            lambda done, total, who: show(completed=done, total=total, description=who.learner),
        )
    if junit_xml is not None:
        write_whole(junit_xml, to_junit(scored.results))
    entered = ""
    if gradebook is not None:
        entered = publish(course, course.assignment(assignment), scored.results, gradebook)
    if as_json:
        click.echo(b"[" + b",".join(map(to_json, scored.results)) + b"]")
    else:
        STDOUT.print(class_table(scored.results, STDOUT.width))
    _say_score(scored, entered)
    sys.exit(4 if scored.lost or not all(result.final for result in scored.results) else 0)


def _say_score(scored: Scored, gradebook: str) -> None:
    """Say on stderr what a table does not."""
    text = _("{graded} graded now, {kept} unchanged since the last run.")
    say(text.format(graded=scored.graded, kept=len(scored.results) - scored.graded))
    if scored.grades is not None:
        say(_("Reports and grades.csv: {directory}").format(directory=scored.grades.parent))
    if gradebook:
        say(_("Gradebook: {address}").format(address=gradebook))
    for warning in sorted({r.isolation.warning for r in scored.results} - {""}):
        say(warning, "bold red")
    for learner, why in scored.lost.items():
        say(_("{learner} has no grade: {why}.").format(learner=learner, why=why), "red")


@click.command("grade", epilog="Example: gradproof grade mine.py --assignment softmax_regression")
@click.argument("file", type=PATH)
@click.option("--assignment", required=True, help="What the file is a submission to.")
@click.option("--exercise", "exercises", multiple=True, help="Only this; may be repeated.")
@click.option("--framework", type=click.Choice(FRAMEWORKS), help="If the file does not say.")
@device_option
@isolation_option
@json_option
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
    course_dir: Path,
) -> None:
    """Grade one submission, for CI.

    FILE is a .py, an .ipynb or a folder. Exit 0 for full marks, 1 for less.
    """
    from grader.grading.grade import grade_file

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    with progress("grade"):
        result = grade_file(course, task, file, exercises, framework, device, isolation)
    end_with(result, as_json)


@click.command("replay", epilog="Example: gradproof replay report.json softmax/test_values")
@click.argument("report", nargs=-1, type=PATH, metavar="[REPORT]")
@click.argument("check")
@click.option("--call", "number", type=click.IntRange(1), help="Show this call of the check.")
@isolation_option
@course_option
@guarded
def replay_command(
    report: tuple[Path, ...], check: str, number: int | None, isolation: str, course_dir: Path
) -> None:
    """Show a failing case as a few lines of Python.

    CHECK is exercise/test_name, test_name alone, or an exercise for its first check that fails.
    With a REPORT of score's (report.json), that learner's submission is checked again; in a kit,
    without one, your own file. Shown is the first call whose answer is wrong, else the last one.
    Paste it behind the code that it calls.
    """
    from grader.desk.replay import replay_desk
    from grader.grading.replay import replay_report

    if len(report) > 1:
        raise UsageError(_("Name one report and one check."))
    if report:
        replayed = replay_report(Course.load(course_dir), report[0], check, number, isolation)
    else:
        kit = _kit_here()
        use(click.get_current_context().find_root().params.get("lang") or kit.language)
        replayed = replay_desk(kit, check, number)
    click.echo(replayed.text, nl=False)
    if replayed.warning:
        say(replayed.warning, "bold red")


def _kit_here() -> Kit:
    """Return the kit around the current directory."""
    from grader.kit.kit import Kit

    try:
        return Kit.find(Path.cwd())
    except UsageError as error:
        text = _("{reason} Or name a report: gradproof replay results/…/report.json CHECK")
        raise UsageError(text.format(reason=error)) from None


@click.command("items", epilog="Example: gradproof items softmax_regression")
@click.argument("assignment")
@json_option
@course_option
@guarded
def items_command(assignment: str, as_json: bool, course_dir: Path) -> None:
    """Say what a scored class tells about the checks.

    Which checks are hard, which tell learners apart, which ask for the same thing, and what to do
    about it. Reads the reports of the last score; nothing is graded.
    """
    from grader.grading.item_analysis import analyse_class
    from grader.report.item_tables import items_payload, items_view

    course = Course.load(course_dir)
    analysis, unread = analyse_class(course, course.assignment(assignment))
    if as_json:
        click.echo(json.dumps(items_payload(analysis), indent=2, ensure_ascii=False))
    else:
        STDOUT.print(items_view(analysis))
    if unread:
        text = _("Left out, since the report cannot be read (score again): {learners}")
        say(text.format(learners=", ".join(unread)), "yellow")
