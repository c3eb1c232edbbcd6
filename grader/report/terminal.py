"""The output of the command line: rich renderables, printed by the caller."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.language import _, listed
from grader.outcome import ExerciseResult, Outcome, Result

from .class_summary import by_learner, points_by_exercise, trouble
from .line_wrapping import Lines, indented
from .outcome_text import MARKS, outcome_word
from .points_text import decimal_text
from .remarks import by_hand_remark, check_remarks, exercise_remarks, result_remarks
from .safe_text import clean, one_line

if TYPE_CHECKING:
    from grader.submission.collect import Collection

#: the width of the score, the problem and the lines between them in a class's table
_ROOM = 45


def result_view(result: Result, steps: int | None = None, more: str = "") -> RenderableType:
    """Return one result: exercise by exercise, each failed check with its message.

    Args:
        steps: the number of hints to show for each check, and how to see more; None for all.

        more: how to see more hints; default by a command.
    """
    parts: list[RenderableType] = []
    for exercise in result.exercises:
        earned = f"{decimal_text(exercise.points)} / {decimal_text(exercise.max_points)}"
        parts += exercise_view(exercise, steps, earned, more)
    parts += by_hand_view(result)
    score = _("Score: {points} / {max_points}")
    points = {"points": decimal_text(result.score), "max_points": decimal_text(result.max_score)}
    return Group(*parts, *result_end(result, score.format(**points)))


def result_end(result: Result, score: str) -> Iterator[RenderableType]:
    """Yield what stands below the exercises of one result: remarks, the *score*, notes."""
    yield from (Lines(Text(remark, "yellow")) for remark in result_remarks(result))
    total = Text(score, "bold")
    if not result.final:
        total.append("  " + _("not a final grade"), "magenta")
    yield Lines(total)
    yield from (Lines(Text(clean(note), "yellow")) for note in result.notes)
    if result.isolation.warning:
        yield Lines(Text(result.isolation.warning, "bold red"))


def exercise_view(
    exercise: ExerciseResult, steps: int | None, points: str, more: str = ""
) -> Iterator[RenderableType]:
    """Yield one exercise in full, check by check; what several checks would say is said once.

    Args:
        steps: the number of hints to show for each check, and how to see more; None for all.

        points: what to say about its points.

        more: how to see more hints; default by a command.
    """
    yield Lines(Text(f"{exercise.exercise}  {points}", "bold"))
    for remark in exercise_remarks(exercise):
        yield indented(Text(remark, "yellow"))
    said: set[object] = set()
    for check in exercise.checks:
        mark, style = MARKS[check.outcome]
        line = Text(check.sentence)
        # the message below says that it is not written yet
        if check.outcome not in (Outcome.PASSED, Outcome.NOT_IMPLEMENTED):
            line.append(f"  ({outcome_word(check.outcome)})", style)
        yield Lines(line, Text(f"  {mark} ", style))
        for remark in check_remarks(check):
            yield indented(Text(remark, "yellow"))
        if check.message and _gist(check.message) not in said:
            yield indented(Text(clean(check.message)))
        if check.hints not in said:
            for hint in check.hints[:steps]:
                yield indented(Text(_("Hint: {hint}").format(hint=clean(hint)), "cyan"))
            if steps is not None and steps < len(check.hints) and _MORE not in said:
                text = more or _("Next hint: gradproof check {exercise} --steps {number}")
                text = text.format(exercise=check.exercise, number=steps + 1)
                yield indented(Text(text, "dim"))
                said.add(_MORE)
        said |= {_gist(check.message), check.hints}


#: that there are more hints, once said
_MORE = "more"


def _gist(message: str) -> str:
    """Return what a message says; of an error at a line of code, whatever the numbers are."""
    return re.sub(r"\d+", "#", message) if "\n" in message else message


def by_hand_view(result: Result) -> Iterator[RenderableType]:
    """Yield the lines of the rubric."""
    for line in result.rubric:
        earned = "–" if line.points is None else decimal_text(line.points)
        text = f"{one_line(line.line)}  {earned} / {decimal_text(line.max_points)}"
        yield Lines(Text(text, "bold"))
        yield indented(Text(by_hand_remark(line), "yellow"))


def class_table(results: Sequence[Result], width: int) -> RenderableType:
    """Return a table of the class.

    Args:
        width: the width of the screen; points by exercise are left out if they do not fit.
    """
    ordered = by_learner(results)
    names = [one.exercise for result in ordered for one in result.exercises]
    names += [line.line for result in ordered for line in result.rubric]
    exercises = list(dict.fromkeys(map(one_line, names)))
    longest = max((cell_len(one_line(result.learner)) for result in ordered), default=0)
    if longest + sum(len(name) + 3 for name in exercises) + _ROOM > width:
        exercises = []
    table = Table(show_footer=False, header_style="bold")
    table.add_column(_("learner"), overflow="fold")
    for exercise in exercises:
        table.add_column(exercise, justify="right", overflow="fold")
    table.add_column(_("score"), justify="right", no_wrap=True)
    table.add_column(_("problem"), overflow="fold", ratio=1)
    for result in ordered:
        earned = points_by_exercise(result)
        points = (Text(decimal_text(earned[e]) if e in earned else "") for e in exercises)
        score = f"{decimal_text(result.score)} / {decimal_text(result.max_score)}"
        style = "green" if result.full_marks else "yellow" if result.score else "red"
        learner = Text(one_line(result.learner))
        table.add_row(learner, *points, Text(score, style), Text(trouble(result)))
    return table


def collection_view(collection: Collection) -> RenderableType:
    """Return the collected and the refused files, with reasons."""
    parts: list[RenderableType] = []
    table = Table(header_style="bold")
    for name in (_("learner"), _("from"), _("version"), _("note")):
        table.add_column(name, overflow="fold")
    for taken in collection.taken:
        row = (taken.learner, taken.origin, str(taken.sequence), taken.note)
        table.add_row(*(Text(clean(cell)) for cell in row))
    if collection.taken:
        parts.append(table)
    for refused in collection.refused:
        text = _("refused: {origin}: {reason}").format(origin=refused.origin, reason=refused.reason)
        parts.append(Lines(Text(clean(text), "red")))
    parts += [Lines(Text(clean(note), "yellow")) for note in collection.notes]
    if collection.missing:
        text = _("No submission yet from {number} in the roster: {learners}")
        names = listed(collection.missing)
        text = text.format(number=len(collection.missing), learners=names)
        parts.append(Lines(Text(clean(text))))
    text = _("{taken} taken, {unchanged} unchanged, {refused} refused.")
    counts = {
        "taken": len(collection.taken),
        "unchanged": len(collection.unchanged),
        "refused": len(collection.refused),
    }
    parts.append(Lines(Text(text.format(**counts), "bold")))
    return Group(*parts)
