"""Commands of those who learn, in a kit."""

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
@click.option("--file", type=PATH, help="Check this file instead.")
@click.option(
    "--steps",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="Show up to this many hints for each check.",
)
@json_option
@click.option("--lang", "said", type=LANGUAGE, help="Default: the kit's.")
@click.option("--watch", "watching", is_flag=True, help="Check again what changes; Ctrl-C ends.")
@guarded
def check_command(
    exercises: tuple[str, ...],
    file: Path | None,
    steps: int,
    as_json: bool,
    said: Language | None,
    watching: bool,
) -> None:
    """In a kit: run the public checks.

    Checks your file and explains what was seen; EXERCISES limits it to those. Exit 0 only when
    every check passes.
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
