"""gradproof's command line: parse, call one use case, render, exit code."""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from grader import __version__, language
from grader.errors import GraderError
from grader.exercise import FRAMEWORKS, Language
from grader.language import _

EXIT_CODES = """
\b
Exit codes: 0 done, full marks; 1 not full marks, findings or refusals;
2 usage; 3 the course is broken; 4 our fault or the machine's; 130 interrupted.
"""

_stdout = Console(highlight=False)
_stderr = Console(stderr=True, highlight=False)


def _course_option(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--course",
        "course_dir",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path(),
        show_default="the current directory",
        envvar="GRADPROOF_COURSE",
        help="The course: a directory with assignments/, solutions/, autograder_tests/.",
    )(function)


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Turn gradproof's errors into a sentence on stderr and their exit code."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except GraderError as error:
            _stderr.print(f"gradproof: {error}", style="red", markup=False, soft_wrap=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            _stderr.print("gradproof: interrupted; what is done is kept, run again to go on")
            sys.exit(130)
        except BrokenPipeError:
            # The reader of our output is gone (`| head`): nothing left to say, and to no one.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            _stderr.print(f"gradproof: {error.strerror or error}{where}", style="red", markup=False)
            sys.exit(4)

    return wrapper


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gradproof")
@click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    envvar="GRADPROOF_LANG",
    help="Language of messages and reports; default: the system's.",
)
def main(lang: Language | None) -> None:
    r"""Exercises for deep learning, and grades that are right.

    \b
    Instructors:  new, sync, audit, release, collect, score
    Learners:     check
    CI:           grade
    """
    language.use(lang or language.preferred())


@main.group()
def new() -> None:
    """Make a course, or all files of one exercise."""


@new.command("course", epilog="Example: gradproof new course my-course")
@click.argument("directory", type=click.Path(path_type=Path))
@_guarded
def new_course_command(directory: Path) -> None:
    """Make a small course that works in DIRECTORY, which must be empty or new."""
    from grader.course.scaffold import new_course

    for path in new_course(directory):
        click.echo(path)


@new.command("exercise", epilog="Example: gradproof new exercise softmax_regression softmax")
@click.argument("assignment")
@click.argument("name")
@_course_option
@_guarded
def new_exercise_command(assignment: str, name: str, course_dir: Path) -> None:
    """Make all files of the exercise NAME and say what is left to write."""
    from grader.course.catalogue import Course
    from grader.course.scaffold import new_exercise
    from grader.course.sync import sync

    course = Course.load(course_dir)
    made = new_exercise(course, assignment, name)
    sync(Course.load(course_dir), write=True)
    for path in made.files:
        click.echo(path)
    _stderr.print("Left to write:")
    for line in made.left_to_write:
        _stderr.print(f"  {line}", markup=False, soft_wrap=True)


@main.command("sync", epilog="Example: gradproof sync --check")
@click.option("--check", is_flag=True, help="Only compare; exit 1 if something is stale.")
@_course_option
@_guarded
def sync_command(check: bool, course_dir: Path) -> None:
    """Write the starters in assignments/ from their sources in solutions/."""
    from grader.course.catalogue import Course
    from grader.course.sync import sync

    report = sync(Course.load(course_dir), write=not check)
    for path in report.changed:
        click.echo(f"{'stale' if check else 'written'}: {path}")
    for path in report.stray:
        click.echo(f"made by no source: {path}")
    if report.stray or (check and report.changed):
        sys.exit(1)
    _stderr.print("Starters are up to date.")


@main.command("audit", epilog="Example: gradproof audit softmax_regression")
@click.argument("assignment", required=False)
@click.option("--json", "as_json", is_flag=True, help="Findings and the matrix as JSON.")
@_course_option
@_guarded
def audit_command(assignment: str | None, as_json: bool, course_dir: Path) -> None:
    """Check the checks: reference, starter, known mistakes, accepted variants, junk."""
    from grader.course.audit import audit_course
    from grader.course.catalogue import Course
    from grader.report.terminal import audit_table

    course = Course.load(course_dir)
    names = [assignment] if assignment else [a.name for a in course.assignments]
    with _progress() as bar:
        task = bar.add_task("audit", total=None)
        report = audit_course(course, names, lambda step: bar.update(task, description=step))
    if as_json:
        click.echo(json.dumps(report.payload(), indent=2, ensure_ascii=False))
    else:
        _stdout.print(audit_table(report.rows()))
        for finding in report.findings:
            click.echo(str(finding))
    sys.exit(3 if report.findings else 0)


@main.command("release", epilog="Example: gradproof release softmax_regression --to kits --zip")
@click.argument("assignment")
@click.option("--to", "target", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.option("--lang", "kit_language", type=click.Choice(["en", "zh"]), default="en")
@click.option("--zip", "as_zip", is_flag=True, help="Write one zip instead of a folder.")
@_course_option
@_guarded
def release_command(
    assignment: str, target: Path, kit_language: Language, as_zip: bool, course_dir: Path
) -> None:
    """Make the learner's kit: starter, public checks, recorded answers, README."""
    from grader.course.catalogue import Course
    from grader.course.release import release

    course = Course.load(course_dir)
    path = release(course, course.assignment(assignment), target, kit_language, as_zip)
    click.echo(path)
    _stderr.print("The kit holds no line of a solution and no hidden check; both were looked for.")


@main.command("check", epilog="Example: gradproof check softmax")
@click.argument("exercises", nargs=-1)
@click.option("--file", type=click.Path(path_type=Path), help="Check this file instead.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.option("--lang", "said", type=click.Choice(["en", "zh"]), help="Default: the kit's.")
@_guarded
def check_command(
    exercises: tuple[str, ...], file: Path | None, as_json: bool, said: Language | None
) -> None:
    """In a kit: run the public checks on your file and explain what they saw."""
    from grader.course.kit import Kit, check_kit
    from grader.report.jsonreport import to_json
    from grader.report.terminal import result_view

    kit = Kit.find(Path.cwd() if file is None else file.resolve().parent)
    asked = click.get_current_context().find_root().params.get("lang")
    language.use(said or asked or kit.language)
    checking = _("Checking {file} …")
    result = check_kit(
        kit, exercises, file, lambda name: _stderr.print(checking.format(file=name), markup=False)
    )
    if as_json:
        click.echo(to_json(result), nl=False)
    else:
        _stdout.print(result_view(result))
    sys.exit(0 if result.final and result.score == result.max_score else 1)


@main.command("collect", epilog="Example: gradproof collect softmax_regression --from class.zip")
@click.argument("assignment")
@click.option("--from", "source", required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="What was taken and refused, as JSON.")
@_course_option
@_guarded
def collect_command(assignment: str, source: Path, as_json: bool, course_dir: Path) -> None:
    """Take what a class handed in: a folder of files or folders, a zip, a zip of zips.

    A learner's id is the name of the folder, or of the file without the assignment's name;
    Canvas and Moodle names are understood. Every version is kept.
    """
    from grader.course.catalogue import Course
    from grader.course.score import submissions_of
    from grader.report.terminal import collection_view
    from grader.submission.collect import collect

    course = Course.load(course_dir)
    name = course.assignment(assignment).name
    with _progress() as bar:
        bar.add_task("collect", total=None)
        collection = collect(source, name, submissions_of(course))
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(collection), indent=2, ensure_ascii=False))
    else:
        _stdout.print(collection_view(collection))
    sys.exit(1 if collection.refused else 0)


@main.command("score", epilog="Example: gradproof score softmax_regression --jobs 2")
@click.argument("assignment")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores")
@click.option("--learner", "learners", multiple=True, help="Only this learner; may be repeated.")
@click.option("--device", type=click.Choice(["cpu", "cuda", "all"]), default="cpu")
@click.option("--json", "as_json", is_flag=True, help="All reports as one JSON array.")
@click.option("--junit-xml", type=click.Path(path_type=Path), help="Write JUnit XML here.")
@_course_option
@_guarded
def score_command(
    assignment: str,
    jobs: int,
    learners: tuple[str, ...],
    device: str,
    as_json: bool,
    junit_xml: Path | None,
    course_dir: Path,
) -> None:
    """Grade everyone's latest version; again, only what changed since."""
    from grader.course.catalogue import Course
    from grader.course.score import ScoreOptions, score
    from grader.report.jsonreport import to_json
    from grader.report.junit import to_junit
    from grader.report.terminal import class_table

    course = Course.load(course_dir)
    options = ScoreOptions(jobs, learners, device)
    with _progress() as bar:
        task = bar.add_task("score", total=None)
        scored = score(
            course,
            course.assignment(assignment),
            options,
            lambda done, total, result: bar.update(
                task, completed=done, total=total, description=result.learner
            ),
        )
    if junit_xml is not None:
        junit_xml.write_bytes(to_junit(scored.results))
    if as_json:
        click.echo(b"[" + b",".join(map(to_json, scored.results)) + b"]")
    else:
        _stdout.print(class_table(scored.results))
    _say_score(scored)
    sys.exit(4 if scored.lost or not all(result.final for result in scored.results) else 0)


def _say_score(scored: Any) -> None:
    """Say on stderr what a table does not."""
    text = _("{graded} graded now, {kept} unchanged since the last run. Reports: {directory}")
    kept = len(scored.results) - scored.graded
    directory = scored.grades.parent
    _stderr.print(text.format(graded=scored.graded, kept=kept, directory=directory), markup=False)
    for warning in sorted({r.isolation.warning for r in scored.results} - {""}):
        _stderr.print(warning, style="bold red", markup=False)
    for learner, why in scored.lost.items():
        text = _("{learner} has no grade: {why}. Run score again.")
        _stderr.print(text.format(learner=learner, why=why), style="red", markup=False)


@main.command("grade", epilog="Example: gradproof grade mine.py --assignment softmax_regression")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--assignment", required=True)
@click.option("--exercise", "exercises", multiple=True, help="Only this; may be repeated.")
@click.option("--framework", type=click.Choice(FRAMEWORKS), help="If the file does not say.")
@click.option("--device", type=click.Choice(["cpu", "cuda", "all"]), default="cpu")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@_course_option
@_guarded
def grade_command(
    file: Path,
    assignment: str,
    exercises: tuple[str, ...],
    framework: str | None,
    device: str,
    as_json: bool,
    course_dir: Path,
) -> None:
    """Grade one submission, for CI: exit 0 for full marks, 1 for less."""
    from grader.course.catalogue import Course
    from grader.course.grade import grade_file
    from grader.report.jsonreport import to_json
    from grader.report.terminal import result_view

    course = Course.load(course_dir)
    result = grade_file(course, course.assignment(assignment), file, exercises, framework, device)
    if as_json:
        click.echo(to_json(result), nl=False)
    else:
        _stdout.print(result_view(result))
    if not result.final:
        sys.exit(4)
    sys.exit(0 if result.score == result.max_score else 1)


def _progress() -> Progress:
    """Return a progress bar on stderr; silent where stderr is no terminal."""
    columns = (SpinnerColumn(), MofNCompleteColumn(), BarColumn(), TextColumn("{task.description}"))
    return Progress(*columns, console=_stderr, transient=True, disable=not _stderr.is_terminal)


if __name__ == "__main__":
    main()
