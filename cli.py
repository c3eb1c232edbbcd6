"""gradproof's command line: parse, call one use case, render, exit code."""

from __future__ import annotations

import dataclasses
import functools
import io
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from grader import __version__, language
from grader.course.catalogue import Course
from grader.errors import AuthoringError, GraderError
from grader.exercise import FRAMEWORKS, LANGUAGES, Language
from grader.language import _

if TYPE_CHECKING:
    from grader.course.score import Scored
    from grader.outcome import Result

HELP = """Exercises for deep learning, and grades that are right.

\b
Instructors:  new, sync, audit, release, collect, score
Learners:     check
CI:           grade
"""

EXIT_CODES = """\b
Exit codes: 0 done, full marks; 1 not full marks, stale starters, refusals;
2 usage; 3 the course is broken; 4 our fault or the machine's; 130 interrupted.

\b
Example: gradproof new course my-course && gradproof audit --course my-course
"""

_stdout = Console(highlight=False)
_stderr = Console(stderr=True, highlight=False)


_PATH = click.Path(path_type=Path)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_LANGUAGE = click.Choice(LANGUAGES)
_course_option = click.option(
    "--course",
    "course_dir",
    type=_FOLDER,
    default=Path(),
    show_default="the current directory",
    envvar="GRADPROOF_COURSE",
    help="The course: a directory with assignments/, solutions/, autograder_tests/.",
)
_device_option = click.option(
    "--device", type=click.Choice(["cpu", "cuda", "all"]), default="cpu", show_default=True
)
_json_option = click.option("--json", "as_json", is_flag=True, help="JSON instead of a table.")


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Turn gradproof's errors into a sentence on stderr and their exit code."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except GraderError as error:
            if isinstance(error, AuthoringError):
                error.path = _near(error.path)
            _say(f"gradproof: {error}", "red")
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            _say(_("gradproof: interrupted; what is done is kept, run again to go on"))
            sys.exit(130)
        except BrokenPipeError:
            # The reader of our output is gone (`| head`): nothing left to say, and to no one.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            _say(f"gradproof: {error.strerror or error}{where}", "red")
            sys.exit(4)
        except Exception:
            # Python's own exit code would be 1, which CI reads as "not full marks".
            click.echo(traceback.format_exc(), err=True, nl=False)
            text = _("gradproof: this is a fault of gradproof's; please report the lines above")
            _say(text, "red")
            sys.exit(4)

    return wrapper


def _near(path: Path | str | None) -> Path | str | None:
    """Return *path* as a person in the current directory would write it."""
    inside = path is not None and Path(path).is_relative_to(Path.cwd())
    return Path(path).relative_to(Path.cwd()) if path and inside else path


@click.group(help=HELP, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gradproof")
@click.option("--lang", type=_LANGUAGE, envvar="GRADPROOF_LANG", help="Default: the system's.")
def main(lang: Language | None) -> None:
    """Choose the language, and survive terminals that cannot show it."""
    language.use(lang or language.preferred())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@main.group(epilog="Example: gradproof new course my-course")
def new() -> None:
    """Make a course, or all files of one exercise."""


@new.command("course", epilog="Example: gradproof new course my-course")
@click.argument("directory", type=_PATH)
@_guarded
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
@_course_option
@_guarded
def new_exercise_command(assignment: str, name: str, course_dir: Path) -> None:
    """Make all files of one exercise, and say what is left to write.

    The exercise NAME goes to the end of ASSIGNMENT, which is made if there is none so called.
    """
    from grader.course.scaffold import new_exercise

    made = new_exercise(Course.load(course_dir), assignment, name)
    for path in made.files:
        click.echo(path)
    _say(_("Left to write:"))
    for line in made.left_to_write:
        _say(f"  {line}")


@main.command("sync", epilog="Example: gradproof sync --check")
@click.option("--check", is_flag=True, help="Only compare; exit 1 if something is stale.")
@_course_option
@_guarded
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
    _say(_("Starters are up to date."))


@main.command("audit", epilog="Example: gradproof audit softmax_regression")
@click.argument("assignment", required=False)
@click.option("--mutants", is_flag=True, help="Every small edit of a reference must fail, too.")
@_json_option
@_course_option
@_guarded
def audit_command(assignment: str | None, mutants: bool, as_json: bool, course_dir: Path) -> None:
    """Check the checks.

    The reference and every accepted variant must pass, the starter and junk earn nothing, every
    known mistake fail exactly the checks it names, every check catch something. Exit 3 if not.
    """
    from grader.course.mutation import audit
    from grader.report.terminal import audit_tables

    course = Course.load(course_dir)
    names = [assignment] if assignment else [a.name for a in course.assignments]
    with _progress("audit") as show:
        report = audit(course, names, lambda step: show(description=step), mutants)
    if as_json:
        click.echo(json.dumps(report.payload(), indent=2, ensure_ascii=False))
    else:
        _stdout.print(audit_tables(report.rows(), report.mutations))
        for finding in report.findings:
            click.echo(AuthoringError(finding.what, _near(finding.path), finding.line))
    sys.exit(3 if report.findings else 0)


@main.command("release", epilog="Example: gradproof release softmax_regression --to kits --zip")
@click.argument("assignment")
@click.option("--to", "target", required=True, type=_FOLDER, help="Folder to put the kit in.")
@click.option("--lang", "kit_language", type=_LANGUAGE, default="en", show_default=True)
@click.option("--zip", "as_zip", is_flag=True, help="Write one zip instead of a folder.")
@_course_option
@_guarded
def release_command(
    assignment: str, target: Path, kit_language: Language, as_zip: bool, course_dir: Path
) -> None:
    """Make the learner's kit.

    It holds the starter, the public checks, recorded answers and a README; nothing of a solution
    and no hidden check, and that is proven before the kit is there.
    """
    from grader.course.release import release

    course = Course.load(course_dir)
    with _progress("release"):
        path = release(course, course.assignment(assignment), target, kit_language, as_zip)
    click.echo(path)
    _say(_("The kit holds no line of a solution and no hidden check; both were looked for."))


@main.command("check", epilog="Example: gradproof check softmax")
@click.argument("exercises", nargs=-1)
@click.option("--file", type=_PATH, help="Check this file instead.")
@_json_option
@click.option("--lang", "said", type=_LANGUAGE, help="Default: the kit's.")
@_guarded
def check_command(
    exercises: tuple[str, ...], file: Path | None, as_json: bool, said: Language | None
) -> None:
    """In a kit: run the public checks.

    Checks your file and explains what was seen; EXERCISES limits it to those. Exit 0 only when
    every check passes.
    """
    from grader.course.kit import Kit, check_kit

    kit = Kit.find(Path.cwd(), *([file.resolve().parent] if file else []))
    asked = click.get_current_context().find_root().params.get("lang")
    language.use(said or asked or kit.language)
    checking = _("Checking {file} …")
    result = check_kit(kit, exercises, file, lambda name: _say(checking.format(file=name)))
    _end_with(result, as_json)


def _end_with(result: Result, as_json: bool) -> NoReturn:
    """Show one result and exit: 0 for full marks, 1 for less, 4 if it is no grade."""
    from grader.report.jsonreport import to_json
    from grader.report.terminal import result_view

    if as_json:
        click.echo(to_json(result), nl=False)
    else:
        _stdout.print(result_view(result))
    sys.exit(4 if not result.final else 0 if result.score == result.max_score else 1)


@main.command("collect", epilog="Example: gradproof collect softmax_regression --from class.zip")
@click.argument("assignment")
@click.option("--from", "source", required=True, type=_PATH, help="Folder, zip or single file.")
@_json_option
@_course_option
@_guarded
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
    with _progress("collect"):
        collection = collect(source, course.assignment(assignment).name, submissions_of(course))
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(collection), indent=2, ensure_ascii=False))
    else:
        _stdout.print(collection_view(collection))
    sys.exit(1 if collection.refused else 0)


@main.command("score", epilog="Example: gradproof score softmax_regression --jobs 2")
@click.argument("assignment")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores")
@click.option("--learner", "learners", multiple=True, help="Only this learner; may be repeated.")
@_device_option
@_json_option
@click.option("--junit-xml", type=_PATH, help="Also write JUnit XML to this file.")
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
    with _progress("score") as show:
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
        _stdout.print(class_table(scored.results, _stdout.width))
    _say_score(scored)
    sys.exit(4 if scored.lost or not all(result.final for result in scored.results) else 0)


def _say_score(scored: Scored) -> None:
    """Say on stderr what a table does not."""
    text = _("{graded} graded now, {kept} unchanged since the last run.")
    _say(text.format(graded=scored.graded, kept=len(scored.results) - scored.graded))
    if scored.grades is not None:
        _say(_("Reports and grades.csv: {directory}").format(directory=scored.grades.parent))
    for warning in sorted({r.isolation.warning for r in scored.results} - {""}):
        _say(warning, "bold red")
    for learner, why in scored.lost.items():
        _say(_("{learner} has no grade: {why}.").format(learner=learner, why=why), "red")


def _say(text: str, style: str = "") -> None:
    """Print *text* on stderr as it is; the terminal wraps it."""
    _stderr.print(text, style=style, markup=False, soft_wrap=True)


@main.command("grade", epilog="Example: gradproof grade mine.py --assignment softmax_regression")
@click.argument("file", type=_PATH)
@click.option("--assignment", required=True, help="What the file is a submission to.")
@click.option("--exercise", "exercises", multiple=True, help="Only this; may be repeated.")
@click.option("--framework", type=click.Choice(FRAMEWORKS), help="If the file does not say.")
@_device_option
@_json_option
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
    """Grade one submission, for CI.

    FILE is a .py, an .ipynb or a folder. Exit 0 for full marks, 1 for less.
    """
    from grader.course.grade import grade_file

    course = Course.load(course_dir)
    task = course.assignment(assignment)
    with _progress("grade"):
        result = grade_file(course, task, file, exercises, framework, device)
    _end_with(result, as_json)


@contextmanager
def _progress(what: str) -> Iterator[Callable[..., None]]:
    """Show progress on stderr, if that is a terminal; yields what updates it."""
    columns = (SpinnerColumn(), MofNCompleteColumn(), BarColumn(), TextColumn("{task.description}"))
    silent = not _stderr.is_terminal
    with Progress(*columns, console=_stderr, transient=True, disable=silent) as bar:
        yield functools.partial(bar.update, bar.add_task(what, total=None))


if __name__ == "__main__":
    main()
