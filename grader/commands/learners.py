"""The command that learners use most, in a kit: check."""

from __future__ import annotations

from pathlib import Path

import click

from grader.exercise import Language
from grader.language import _
from grader.submission.files import CODE

from .common import (
    LANGUAGE,
    PATH,
    end_with,
    exercises_here,
    guarded,
    json_option,
    kit_here,
    say,
)
from .desk import watch


@click.command("check", epilog="Example: gradproof check softmax")
@click.argument("exercises", nargs=-1, shell_complete=exercises_here)
@click.option("--file", type=PATH, help="Check this file instead of the one changed last.")
@click.option(
    "--steps",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="Number of hints to show for each check.",
)
@json_option
@click.option("--lang", "said", type=LANGUAGE, help="Language of messages.  [default: the kit's]")
@click.option(
    "--watch", "watching", is_flag=True, help="Check again when the file changes, until Ctrl-C."
)
@guarded
def check_command(
    exercises: tuple[str, ...],
    file: Path | None,
    steps: int,
    as_json: bool,
    said: Language | None,
    watching: bool,
) -> None:
    """Run the public checks.

    Run it in a kit. Checks your file and explains what went wrong. Name EXERCISES to check only
    those. Exits with 0 if every check passes.
    """
    from grader.desk.progress import remember
    from grader.kit.kit import check_kit

    for name in exercises:
        if name.endswith(CODE):
            raise click.UsageError(_("{file} is a file; write --file {file}.").format(file=name))
    if watching and as_json:
        raise click.UsageError(_("--watch shows a table; leave out --json."))
    if watching:
        watch(exercises, file, said, steps)
        return
    kit = kit_here(said, file)
    checking = _("Checking {file} …")
    result = check_kit(kit, exercises, file, lambda name: say(checking.format(file=name)))
    remember(kit, result)
    end_with(result, as_json, steps)
