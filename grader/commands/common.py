"""What the commands share: options, streams, how they end."""

from __future__ import annotations

import functools
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

from grader import language
from grader.errors import AuthoringError, GraderError
from grader.exercise import LANGUAGES, Language
from grader.language import _
from grader.report.safe_text import clean
from grader.report.terminal_encoding import showable
from grader.worker import walls

if TYPE_CHECKING:
    from grader.kit.kit import Kit
    from grader.outcome import Result

STDOUT = Console(highlight=False)
STDERR = Console(stderr=True, highlight=False)


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
    help="The course: a directory with assignments/, solutions/, autograder_tests/.",
)
device_option = click.option(
    "--device", type=click.Choice(["cpu", "cuda", "all"]), default="cpu", show_default=True
)
isolation_option = click.option(
    "--isolation",
    # Without any, nothing is graded.
    type=click.Choice([level for level in walls.LEVELS if level != "off"]),
    default=next(iter(walls.LEVELS)),
    show_default=True,
    help="The strongest walls to try; weaker ones are if they do not hold.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON instead of a table.")


def guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    """Turn gradproof's errors into a sentence on stderr and their exit code."""

    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except GraderError as error:
            if isinstance(error, AuthoringError):
                error.path = near(error.path)
            say(f"gradproof: {error}", "red")
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            say(_("gradproof: interrupted; what is done is kept, run again to go on"))
            sys.exit(130)
        except BrokenPipeError:
            # The reader of our output is gone (`| head`): nothing left to say, and to no one.
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
            text = _("gradproof: this is a fault of gradproof's; please report the lines above")
            say(text, "red")
            sys.exit(4)

    return wrapper


def kit_here(said: Language | None, file: Path | None = None) -> Kit:
    """Return the kit around the current directory or *file*, and speak its language.

    Args:
        said: speak this one; None for what gradproof was told, else the kit's if it can be shown.
    """
    from grader.kit.kit import Kit

    kit = Kit.find(Path.cwd(), *([file.resolve().parent] if file else []))
    asked = click.get_current_context().find_root().params.get("lang")
    language.use(said or asked or showable(kit.language, sys.stdout.encoding))
    return kit


def exercises_here(_context: object, _parameter: object, begun: str) -> list[str]:
    """Return the kit's exercises that begin so: what the shell offers when it completes a word."""
    from grader.kit.kit import Kit

    try:
        kit = Kit.find(Path.cwd())
    except GraderError:
        return []
    return [e.name for e in kit.assignment.exercises if e.name.startswith(begun)]


def near(path: Path | str | None) -> Path | str | None:
    """Return *path* as a person in the current directory would write it."""
    inside = path is not None and Path(path).is_relative_to(Path.cwd())
    return Path(path).relative_to(Path.cwd()) if path and inside else path


def end_with(result: Result, as_json: bool, steps: int | None = None) -> NoReturn:
    """Show one result and exit: 0 for full marks, 1 for less, 4 if it is no grade.

    Args:
        steps: how many hints to show of each check; None for all.
    """
    from grader.report.json_report import to_json
    from grader.report.terminal import result_view

    if as_json:
        click.echo(to_json(result), nl=False)
    else:
        STDOUT.print(result_view(result, steps))
    sys.exit(4 if not result.final else 0 if result.score == result.max_score else 1)


def say(text: str, style: str = "") -> None:
    """Print *text* on stderr, which may quote anyone's; the terminal wraps it."""
    STDERR.print(clean(text), style=style, markup=False, soft_wrap=True)


@contextmanager
def progress(what: str) -> Iterator[Callable[..., None]]:
    """Show progress on stderr, if that is a terminal; yields what updates it."""
    columns = (SpinnerColumn(), MofNCompleteColumn(), BarColumn(), TextColumn("{task.description}"))
    silent = not STDERR.is_terminal
    with Progress(*columns, console=STDERR, transient=True, disable=silent) as bar:
        yield functools.partial(bar.update, bar.add_task(what, total=None))
