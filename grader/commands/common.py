"""Options, output streams and exit codes shared by all commands."""

from __future__ import annotations

import functools
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from rich.console import Console
from rich.text import Text

from grader import language
from grader.errors import AuthoringError, GraderError
from grader.exercise import LANGUAGES, Language
from grader.language import _
from grader.report.line_wrapping import wrapped
from grader.report.safe_text import clean
from grader.report.terminal_encoding import showable
from grader.worker import walls

if TYPE_CHECKING:
    from rich.console import RenderableType

    from grader.kit.kit import Kit
    from grader.outcome import Result

STDOUT = Console(highlight=False)
STDERR = Console(stderr=True, highlight=False)


#: seconds between two looks for changed files
_PAUSE = 0.2

PATH = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, file_okay=False)
LANGUAGE = click.Choice(LANGUAGES)
course_option = click.option(
    "--course",
    "course_dir",
    type=FOLDER,
    default=Path(),
    show_default="the current directory",
    envvar="GRADPROOF_COURSE",
    help="Course directory: holds assignments/, solutions/ and autograder_tests/.",
)
device_option = click.option(
    "--device",
    type=click.Choice(["cpu", "cuda", "all"]),
    default="cpu",
    show_default=True,
    help="Device to run checks on; all: on both, comparing the answers.",
)
isolation_option = click.option(
    "--isolation",
    # "off" is for the learner's desk and for tests: grading always isolates.
    type=click.Choice([level for level in walls.LEVELS if level != "off"]),
    default=next(iter(walls.LEVELS)),
    show_default=True,
    help="Strongest isolation level to try; falls back to weaker ones if it fails.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="cores",
    help="Number of processes.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")


def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Report gradproof's errors as a sentence on stderr, and exit with their exit code."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        # How a run in the background, which no Ctrl-C reaches, is asked to end.
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            return function(*args, **kwargs)
        except GraderError as error:
            if isinstance(error, AuthoringError):
                error.path = near(error.path)
            say(f"gradproof: {error}", "red")
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            say(_("gradproof: interrupted; finished work is kept, run again to continue"))
            sys.exit(130)
        except BrokenPipeError:
            # The reader of our output has exited (`| head`), so there is nowhere to report to.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            say(f"gradproof: {error.strerror or error}{where}", "red")
            sys.exit(4)
        except (click.ClickException, click.Abort):
            raise
        except Exception:
            # Python's own exit code would be 1, which CI reads as "not full marks".
            click.echo(traceback.format_exc(), err=True, nl=False)
            text = _("gradproof: this is a bug in gradproof; please report the lines above")
            say(text, "red")
            sys.exit(4)
        finally:
            signal.signal(signal.SIGTERM, before)

    return wrapper


def kit_here(said: Language | None, file: Path | None = None) -> Kit:
    """Return the kit that contains the current directory or *file*, and switch to its language.

    Args:
        said: switch to this language instead; None for gradproof's ``--lang``, otherwise the kit's
            if the terminal can show it.
    """
    from grader.kit.kit import Kit

    kit = Kit.find(Path.cwd(), *([file.resolve().parent] if file else []))
    asked = click.get_current_context().find_root().params.get("lang")
    language.use(said or asked or showable(kit.language, sys.stdout.encoding))
    return kit


def exercises_here(_context: object, _parameter: object, begun: str) -> list[str]:
    """Return the kit's exercises whose names start with *begun*, for shell completion."""
    from grader.kit.kit import Kit

    try:
        kit = Kit.find(Path.cwd())
    except GraderError:
        return []
    return [e.name for e in kit.assignment.exercises if e.name.startswith(begun)]


def near(path: Path | str | None) -> Path | str | None:
    """Return *path* relative to the current directory if it is inside it."""
    inside = path is not None and Path(path).is_relative_to(Path.cwd())
    return Path(path).relative_to(Path.cwd()) if path and inside else path


def end_with(
    result: Result,
    as_json: bool,
    view: Callable[[], RenderableType],
    also: Callable[[], None] = lambda: None,
    in_ci: bool = False,
) -> NoReturn:
    """Show one result and exit: 0 for full marks, 1 for less, 4 if there is no final grade.

    Args:
        view: makes what is shown unless *as_json*.

        also: writes what else is wanted, before the exit.

        in_ci: whether what is printed must not be read as commands to a CI system.
    """
    from grader.report.json_report import to_json

    from .ci_output import no_commands

    # a line of JSON is no command
    with no_commands(in_ci and not as_json):
        if as_json:
            click.echo(to_json(result), nl=False)
        else:
            STDOUT.print(view())
    also()
    sys.exit(4 if not result.final else 0 if result.full_marks else 1)


def say(text: str, style: str = "") -> None:
    """Print *text* on stderr. It may quote learners' text."""
    _print(STDERR, text, style)


def tell(text: str, style: str = "") -> None:
    """Print *text*, which a command was run for, on stdout. It may quote learners' text."""
    _print(STDOUT, text, style)


def be_sure(question: str) -> None:
    """Ask *question* on stderr; end the command unless the answer is yes."""
    click.confirm(_in_lines(STDERR, question, room_for=" [y/N]: "), abort=True, err=True)


def _print(console: Console, text: str, style: str) -> None:
    console.print(Text(_in_lines(console, clean(text)), style), soft_wrap=True)


def _in_lines(console: Console, text: str, room_for: str = "") -> str:
    """Return *text* in lines as wide as the terminal; elsewhere, programs read whole sentences."""
    return wrapped(text, console.width - len(room_for)) if console.is_terminal else text


def until_interrupted(
    look: Callable[[], None], is_over: Callable[[], bool] = lambda: False
) -> None:
    """Call *look* again and again, with a short pause, until it *is_over* or Ctrl-C."""
    try:
        while not is_over():
            look()
            time.sleep(_PAUSE)
    except KeyboardInterrupt:
        say("")


@contextmanager
def progress(what: str) -> Iterator[Callable[..., None]]:
    """Show progress on stderr if it is a terminal; yield a function that updates it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), MofNCompleteColumn(), BarColumn(), TextColumn("{task.description}"))
    silent = not STDERR.is_terminal
    with Progress(*columns, console=STDERR, transient=True, disable=silent) as bar:
        yield functools.partial(bar.update, bar.add_task(what, total=None))
