"""Commands in a learner's kit: check, hint, reset, progress, submit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from grader.errors import UsageError
from grader.exercise import Language
from grader.language import _, listed
from grader.submission.files import CODE

from .ci_output import ci_option, junit_option, write_for_ci
from .common import (
    LANGUAGE,
    PATH,
    STDERR,
    STDOUT,
    be_sure,
    end_with,
    exercises_here,
    guarded,
    json_option,
    kit_here,
    near,
    say,
    tell,
    until_interrupted,
)

if TYPE_CHECKING:
    from grader.desk.still_running import StillRunning
    from grader.kit.kit import Kit
    from grader.outcome import Result

lang_option = click.option(
    "--lang", "said", type=LANGUAGE, help="Language of messages.  [default: the kit's]"
)
file_option = click.option("--file", type=PATH, help="Use this file alone.")


@click.command("check", epilog="Example: gradproof check softmax")
@click.argument("exercises", nargs=-1, shell_complete=exercises_here)
@file_option
@click.option(
    "--steps",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="Number of hints to show for each check.",
)
@json_option
@lang_option
@junit_option
@ci_option
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
    junit_xml: Path | None,
    in_ci: bool,
    watching: bool,
) -> None:
    """Run the public checks.

    Run it in a kit. Checks your file and explains what went wrong. Name EXERCISES to check only
    those. Exits with 0 if every check passes.
    """
    kit = kit_here(said, file)  # from here on, messages are in its language
    for name in exercises:
        if name.endswith(CODE):
            raise UsageError(_("{file} is a file; write --file {file}.").format(file=name))
    if watching and as_json:
        raise UsageError(_("--watch shows a table; leave out --json."))
    if watching:
        _watch(kit, exercises, file, steps)
        return
    _check(kit, exercises, file, steps, as_json, junit_xml, in_ci)


def _check(
    kit: Kit,
    exercises: tuple[str, ...],
    file: Path | None,
    steps: int,
    as_json: bool,
    junit_xml: Path | None,
    in_ci: bool,
) -> NoReturn:
    """Check *exercises* (all if empty), show the one at hand in full, and exit."""
    from grader.desk.check import check_and_note

    text = _("Checking {file} …")
    with _still_running() as slow:
        result, progress = check_and_note(
            kit,
            exercises,
            file,
            lambda submission: say(text.format(file=submission.name)),
            slow.begins,
        )
    progress.keep(kit)
    standing = progress.standing(kit)
    from grader.report.desk_view import desk_view

    end_with(
        result,
        as_json,
        lambda: desk_view(result, kit.desk(), standing, steps, exercises),
        lambda: write_for_ci(
            result, kit.assignment, file or kit.directory, junit_xml, in_ci, as_json
        ),
        in_ci,
    )


def _still_running() -> StillRunning:
    """Return what says in a terminal which exercise takes long; a program waits without it."""
    from grader.desk.still_running import StillRunning

    def tell_late(text: str) -> None:
        if STDERR.is_terminal:
            say(text, "yellow")

    return StillRunning(tell_late, loading=True)


def _watch(kit: Kit, exercises: tuple[str, ...], file: Path | None, steps: int) -> None:
    """Check *exercises* (all if empty) again whenever their code changes, until Ctrl-C."""
    from grader.desk.keys import Keys
    from grader.desk.watch import Watching
    from grader.desk.watch_screen import WatchScreen

    watching = Watching(kit, exercises, file)
    say(_("Watching {folder}. Press Ctrl-C to stop.").format(folder=kit.directory.name))
    try:
        with Keys() as keys:
            # without a terminal to draw in there is no page to press keys for
            keys.available = keys.available and STDOUT.is_terminal
            screen = WatchScreen(kit, watching, STDOUT, keys, steps)
            until_interrupted(screen.look, lambda: screen.is_over)
    finally:
        watching.close()


@click.command("hint", epilog="Example: gradproof hint softmax")
@click.argument("exercise", required=False, shell_complete=exercises_here)
@file_option
@lang_option
@guarded
def hint_command(exercise: str | None, file: Path | None, said: Language | None) -> None:
    """Show the next hint for an exercise.

    Run it in a kit. Checks EXERCISE, or the one you work on, and shows one more hint each time.
    """
    from grader.desk.hint import next_hint
    from grader.report.hint_text import hint_view

    kit = kit_here(said, file)
    with _still_running() as slow:
        hint = next_hint(kit, exercise, file, slow.begins)
    STDOUT.print(hint_view(hint))


@click.command("reset", epilog="Example: gradproof reset softmax")
@click.argument("exercise", required=False, shell_complete=exercises_here)
@file_option
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@lang_option
@guarded
def reset_command(
    exercise: str | None, file: Path | None, yes: bool, said: Language | None
) -> None:
    """Start an exercise over.

    Run it in a kit. Replaces EXERCISE, or the one that you checked last, in your file by the
    starter's version. A copy of your file is kept.
    """
    from grader.desk.progress import Progress
    from grader.desk.reset import file_of, reset
    from grader.kit.kit import chosen_exercises

    kit = kit_here(said, file)
    exercise = exercise or Progress.of(kit).hand
    if not exercise:
        raise UsageError(_("Which exercise? Name it: gradproof reset EXERCISE."))
    chosen_exercises(kit, [exercise])
    path = file or file_of(kit, exercise)
    question = _("Reset {exercise} in {file} to the starter?")
    if not yes:
        be_sure(question.format(exercise=exercise, file=path.name))
    restored = reset(kit, exercise, datetime.now(), path)
    say(_("{exercise} has been reset to the starter.").format(exercise=exercise))
    for line in restored.told(near(restored.kept)):
        say(line)


@click.command("progress", epilog="Example: gradproof progress")
@lang_option
@guarded
def progress_command(said: Language | None) -> None:
    """Show your progress.

    Run it in a kit. Shows the points of each exercise as of the last check.
    """
    from grader.desk.progress import Progress
    from grader.report.progress_table import progress_view

    kit = kit_here(said)
    progress = Progress.of(kit)
    STDOUT.print(progress_view(kit.assignment, progress.points(kit), progress.standing(kit)))


def _say_what_is_open(result: Result) -> None:
    """Say which exercises do not pass, so that nothing is submitted unawares."""
    open_ones = [one.exercise for one in result.exercises if not one.done]
    if open_ones:
        text = _("These do not pass their public checks: {exercises}.")
        say(text.format(exercises=listed(open_ones)), "yellow")


@click.command("submit", epilog="Example: gradproof submit --to ../alice.zip")
@click.option("--to", type=PATH, help="The zip to write.  [default: <assignment>.zip in the kit]")
@file_option
@click.option("--verify", type=PATH, help="Pack nothing; compare this zip with its receipt.")
@lang_option
@guarded
def submit_command(
    to: Path | None, file: Path | None, verify: Path | None, said: Language | None
) -> None:
    """Pack your work for submission.

    Run it in a kit. Runs the public checks, then writes a zip with your file, the modules and
    data files next to it, and a receipt.
    """
    from grader.desk import submit as packing
    from grader.report.points_text import decimal_text

    if verify:
        receipt = packing.verify(verify)
        text = _("{file} matches its receipt ({receipt}).")
        say(text.format(file=verify.name, receipt=receipt.in_short))
        return
    kit = kit_here(said, file)
    with _still_running() as slow:
        now = datetime.now(UTC)
        packed = packing.submit(kit, now, to, file, _say_what_is_open, slow.begins)
    result, receipt = packed.result, packed.receipt
    lines = [
        _("Packed: {files}").format(files=listed(receipt.files)),
        _("Public checks: {points} / {max_points}").format(
            points=decimal_text(result.score), max_points=decimal_text(result.max_score)
        ),
        _("Receipt: {digest}").format(digest=receipt.digest),
        _("Submit {path}, and keep a copy.").format(path=near(packed.path)),
    ]
    if packed.left_out:
        text = _(
            "Not packed: {file}, which you have also edited. To submit that file instead: "
            "gradproof submit --file {file}"
        )
        lines.append(text.format(file=packed.left_out))
    for line in lines:
        tell(line)
