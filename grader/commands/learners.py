"""Commands of those who learn, in a kit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader import language
from grader.exercise import Language
from grader.language import _

from .common import (
    LANGUAGE,
    PATH,
    end_with,
    guarded,
    json_option,
    say,
)

if TYPE_CHECKING:
    pass


@click.command("check", epilog="Example: gradproof check softmax")
@click.argument("exercises", nargs=-1)
@click.option("--file", type=PATH, help="Check this file instead.")
@json_option
@click.option("--lang", "said", type=LANGUAGE, help="Default: the kit's.")
@guarded
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
    result = check_kit(kit, exercises, file, lambda name: say(checking.format(file=name)))
    end_with(result, as_json)
