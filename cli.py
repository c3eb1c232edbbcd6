"""gradproof's command line: one group of the commands in ``grader/commands/``."""

from __future__ import annotations

import contextlib
import io
import os
import sys

import click

from grader import __version__, language
from grader.commands.assistants import override_command, show_command
from grader.commands.audit import audit_command, syllabus_command, try_command
from grader.commands.authors import migrate_command, new, sync_command
from grader.commands.common import LANGUAGE, say
from grader.commands.instructors import (
    collect_command,
    grade_command,
    release_command,
    replay_command,
    score_command,
)
from grader.commands.learners import (
    check_command,
    hint_command,
    progress_command,
    reset_command,
    submit_command,
)
from grader.commands.platforms import autograder_command, export_command, sweep_command
from grader.commands.reports import class_command, feedback_command, items_command
from grader.commands.term import (
    diff_command,
    forget_command,
    publish_command,
    rubric_command,
    term_command,
)
from grader.exercise import Language
from grader.report.terminal_encoding import NEAREST, showable

HELP = """Write, release, check and grade programming exercises for deep learning.

\b
Authors:      new, migrate, sync, audit, try, syllabus
Instructors:  release, collect, score, feedback, class, export, items, show,
              replay, override, rubric, publish, diff, term, forget
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


@click.group(help=HELP, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
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


for command in (
    new,
    migrate_command,
    sync_command,
    audit_command,
    try_command,
    syllabus_command,
    release_command,
    check_command,
    hint_command,
    reset_command,
    progress_command,
    submit_command,
    collect_command,
    score_command,
    feedback_command,
    class_command,
    show_command,
    override_command,
    rubric_command,
    publish_command,
    diff_command,
    term_command,
    forget_command,
    export_command,
    autograder_command,
    sweep_command,
    grade_command,
    replay_command,
    items_command,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
