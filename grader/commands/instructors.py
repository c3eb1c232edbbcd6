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
from grader.exercise import FRAMEWORKS, Language
from grader.language import _

from .common import (
    FOLDER,
    LANGUAGE,
    PATH,
    STDOUT,
    course_option,
    device_option,
    end_with,
    guarded,
    json_option,
    progress,
    say,
)

if TYPE_CHECKING:
    from grader.course.score import Scored


@click.command("release", epilog="Example: gradproof release softmax_regression --to kits --zip")
@click.argument("assignment")
@click.option("--to", "target", required=True, type=FOLDER, help="Folder to put the kit in.")
@click.option("--lang", "kit_language", type=LANGUAGE, default="en", show_default=True)
@click.option("--zip", "as_zip", is_flag=True, help="Write one zip instead of a folder.")
@course_option
@guarded
def release_command(
    assignment: str, target: Path, kit_language: Language, as_zip: bool, course_dir: Path
) -> None:
    """Make the learner's kit.

    It holds the starter, the public checks, recorded answers and a README; nothing of a solution
    and no hidden check, and that is proven before the kit is there.
    """
    from grader.course.release import release

    course = Course.load(course_dir)
    with progress("release"):
        path = release(course, course.assignment(assignment), target, kit_language, as_zip)
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
    from grader.course.score import submissions_of
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
@json_option
@click.option("--junit-xml", type=PATH, help="Also write JUnit XML to this file.")
@course_option
@guarded
def score_command(
    assignment: str,
    jobs: int,
    learners: tuple[str, ...],
    device: str,
    as_json: bool,
    junit_xml: Path | None,
    course_dir: Path,
) -> None:
    """Grade the class, and write reports and grades.csv.

    Everyone's latest version is graded; run again, only what changed since. Interrupted, it keeps
    what is done. Exit 0 when every learner has a grade, whatever the grade.
    """
    from grader.course.score import ScoreOptions, score
    from grader.report.jsonreport import to_json
    from grader.report.junit import to_junit
    from grader.report.terminal import class_table

    course = Course.load(course_dir)
    if junit_xml is not None:
        junit_xml.parent.mkdir(parents=True, exist_ok=True)
    with progress("score") as show:
        scored = score(
            course,
            course.assignment(assignment),
            ScoreOptions(jobs, learners, device),
            lambda done, total, who: show(completed=done, total=total, description=who.learner),
        )
    if junit_xml is not None:
        junit_xml.write_bytes(to_junit(scored.results))
    if as_json:
        click.echo(b"[" + b",".join(map(to_json, scored.results)) + b"]")
    else:
        STDOUT.print(class_table(scored.results, STDOUT.width))
    _say_score(scored)
    sys.exit(4 if scored.lost or not all(result.final for result in scored.results) else 0)


def _say_score(scored: Scored) -> None:
    """Say on stderr what a table does not."""
    text = _("{graded} graded now, {kept} unchanged since the last run.")
    say(text.format(graded=scored.graded, kept=len(scored.results) - scored.graded))
    if scored.grades is not None:
        say(_("Reports and grades.csv: {directory}").format(directory=scored.grades.parent))
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
@json_option
@course_option
@guarded
def grade_command(
    file: Path,
    assignment: str,
    exercises: tuple[str, ...],
    framework: str | None,
    device: str,
    as_json: bool,
    course_dir: Path,
) -> None:
    """Grade one submission, for CI.

    FILE is a .py, an .ipynb or a folder. Exit 0 for full marks, 1 for less.
    """
    from grader.course.grade import grade_file

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    with progress("grade"):
        result = grade_file(course, task, file, exercises, framework, device)
    end_with(result, as_json)
