"""gradproof's command line: one group of the commands in ``grader/commands/``."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys

import click

from grader import __version__, language
from grader.commands.common import LANGUAGE, say
from grader.exercise import Language
from grader.report.terminal_encoding import NEAREST, showable

HELP = """Write, release, check and grade programming exercises for deep learning.

\b
Authors:      new, migrate, sync, audit, try, syllabus
Instructors:  release, collect, score, feedback, class, export, items, show,
              similarity, replay, override, rubric, publish, diff, term, forget
Learners:     check, hint, reset, progress, submit, replay (in a kit)
CI:           grade, sweep, autograder
"""

EXIT_CODES = """\b
Exit codes:
  0    done; for check and grade: full marks
  1    less than full marks, stale starters, or refused files
  2    wrong usage
  3    the course is broken
  4    gradproof or the machine failed
  130  interrupted

\b
Example: gradproof new course my-course && gradproof audit --course my-course
"""


#: the module below ``grader.commands`` that has each command
COMMANDS = {
    "new": "authors",
    "migrate": "authors",
    "sync": "authors",
    "audit": "audit",
    "try": "audit",
    "syllabus": "audit",
    "release": "instructors",
    "check": "learners",
    "hint": "learners",
    "reset": "learners",
    "progress": "learners",
    "submit": "learners",
    "collect": "instructors",
    "score": "score",
    "feedback": "reports",
    "class": "reports",
    "show": "assistants",
    "override": "assistants",
    "rubric": "term",
    "publish": "term",
    "diff": "term",
    "term": "term",
    "forget": "term",
    "export": "platforms",
    "autograder": "platforms",
    "sweep": "platforms",
    "grade": "instructors",
    "replay": "instructors",
    "items": "reports",
    "similarity": "reports",
}


#: those that run many processes at once: each computes on one thread, as learners' code does. So
#: they do not wait for one another, and rounding does not depend on the number of cores
PARALLEL = {"audit", "diff", "feedback", "score", "similarity", "sweep"}
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Commands(click.Group):
    """The group of all commands; each is imported when it is asked for.

    What all of them need together takes half a second, which completion in a shell would spend at
    every press of Tab.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; None if there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in PARALLEL:
            for name in THREADS:  # read when NumPy is imported
                os.environ.setdefault(name, "1")
        module = importlib.import_module(f"grader.commands.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


@click.group(
    cls=Commands,
    help=HELP,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="gradproof")
@click.option(
    "--lang",
    type=LANGUAGE,
    envvar="GRADPROOF_LANG",
    help="Language of messages.  [default: the system's]",
)
def main(lang: Language | None) -> None:
    """Choose the language, and handle terminals that cannot show all characters."""
    _fill_standard_streams()
    wanted = lang or language.preferred()
    readable = showable(wanted, sys.stdout.encoding)
    language.use(lang or readable)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=NEAREST)
    if lang and readable != lang:
        # in English, which can be read there
        say("gradproof: this console cannot show Chinese; set PYTHONUTF8=1, and it will.")


def _fill_standard_streams() -> None:
    """Open what was closed before the start: else a connection to a worker would take its place."""
    with contextlib.suppress(OSError):
        while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
            os.set_inheritable(number, True)
        os.close(number)


if __name__ == "__main__":
    main()
