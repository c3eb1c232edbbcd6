"""The result of the public checks as a learner sees it in a terminal of 80 × 24.

One exercise is shown in full, last, where the eye is: the one at hand. What passed and what does
not take a line each, and what is not written yet takes one line together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segments
from rich.text import Text as Styled

from grader.exercise import Text
from grader.language import _, current, listed
from grader.outcome import NOT_LOST, ExerciseResult, Outcome, Result

from .line_wrapping import Lines, indented
from .outcome_text import mark
from .points_text import decimal_text
from .remarks import exercise_remarks
from .safe_text import clean
from .standing import Standing
from .terminal import exercise_view, result_end


@dataclass(frozen=True, slots=True)
class Desk:
    """What the kit knows about the exercises beyond their public checks.

    Attributes:
        points: all points of each exercise, those of hidden checks included.

        unseen: by exercise, the sentences of hidden checks that no public check says.
    """

    points: Mapping[str, Fraction] = field(default_factory=dict)
    unseen: Mapping[str, Sequence[Text]] = field(default_factory=dict)

    @property
    def total(self) -> Fraction:
        """The points of all exercises."""
        return sum(self.points.values(), Fraction(0))


def desk_view(
    result: Result,
    desk: Desk,
    standing: Standing,
    steps: int | None,
    full: Collection[str] = (),
    more: str = "",
) -> DeskView:
    """Return the public checks of one learner's work, and what to do next.

    Args:
        steps: the number of hints to show for each check; None for all.

        full: the exercises to show in full; if empty, the one at hand.

        more: how to see more hints; default by a command.
    """
    shown = set(full) or {standing.following}
    brief = [one for one in result.exercises if one.exercise not in shown]
    lines: list[RenderableType] = []
    for exercise in brief:
        if not _is_unwritten(exercise):
            lines += [_line(exercise), *(map(_remark, exercise_remarks(exercise)))]
    lines += _unwritten([one.exercise for one in brief if _is_unwritten(one)])
    at_hand: list[RenderableType] = []
    for exercise in result.exercises:
        if exercise.exercise in shown:
            at_hand += [Styled()] * bool(at_hand)
            at_hand += _in_full(exercise, desk, steps, more)
    end = [*result_end(result, _score(result, desk)), Lines(Styled(standing.sentence, "bold"))]
    return DeskView(lines, list(_names(brief)), at_hand, end)


@dataclass(frozen=True, slots=True)
class DeskView:
    """The view in three parts, one below the other.

    Attributes:
        brief: a line for each exercise that is not at hand.

        names: the same, in a line for each mark.

        full: the exercises at hand.

        end: the score and what to do next.
    """

    brief: Sequence[RenderableType]
    names: Sequence[RenderableType]
    full: Sequence[RenderableType]
    end: Sequence[RenderableType]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield _apart(self.brief, self.full, self.end)

    def within(self, room: int, console: Console) -> RenderableType:
        """Return as much of the view as *room* lines of *console* can show.

        The other exercises are cut down to their names, then left out; then what is at hand is cut.
        """

        def height(view: RenderableType) -> int:
            return len(console.render_lines(view, console.options, pad=False))

        for brief in (self.brief, self.names, ()):
            view = _apart(brief, self.full, self.end)
            if height(view) <= room:
                return view
        lines = console.render_lines(Group(*self.full), console.options, pad=False, new_lines=True)
        left = max(1, room - height(_apart((Styled("…"),), self.end)))
        text = Styled(_("… {count} more lines").format(count=len(lines) - left), "dim")
        kept = Segments([segment for line in lines[:left] for segment in line])
        return Group(kept, text, Styled(), *self.end)


def _apart(*parts: Sequence[RenderableType]) -> Group:
    """Return parts with an empty line between any two that are there."""
    found: list[RenderableType] = []
    for part in parts:
        found += [Styled()] * bool(found and part)
        found += part
    return Group(*found)


def _names(exercises: Sequence[ExerciseResult]) -> Iterator[RenderableType]:
    """Yield the names of *exercises*, those with the same mark in one line."""
    signs = {one.exercise: _sign(one) for one in exercises}
    for sign, style in dict.fromkeys(signs.values()):
        names = listed(name for name, own in signs.items() if own == (sign, style))
        line = Styled.assemble((f"{sign} ", style), (names, "dim"))
        line.no_wrap, line.overflow = True, "ellipsis"
        yield line


def _sign(exercise: ExerciseResult) -> tuple[str, str]:
    """Return the mark of an exercise and its colour, those of its first check that did not pass."""
    failed = next((c for c in exercise.checks if c.outcome not in NOT_LOST), None)
    if failed is None:
        return mark(Outcome.PASSED), "green"
    return mark(failed.outcome), "yellow" if _is_unwritten(exercise) else "red"


def points_of(exercise: ExerciseResult, desk: Desk) -> str:
    """Return what an exercise earned in public checks, and what hidden checks hold beside."""
    earned, public = decimal_text(exercise.points), decimal_text(exercise.max_points)
    rest = desk.points.get(exercise.exercise, exercise.max_points) - exercise.max_points
    if rest <= 0:
        return f"{earned} / {public}"
    text = _("{earned} / {public}, and {rest} in hidden checks")
    return text.format(earned=earned, public=public, rest=decimal_text(rest))


def unseen_sentences(exercise: ExerciseResult, desk: Desk) -> list[str]:
    """Return what only hidden checks look at, once all public checks of *exercise* pass."""
    if not exercise.done:
        return []
    return [one.get(current()) for one in desk.unseen.get(exercise.exercise, ())]


def _is_unwritten(exercise: ExerciseResult) -> bool:
    """Whether it still is as in the starter; what is missing altogether has more to say."""
    started = exercise.source is None or exercise.source.state != "blank"
    return not started and exercise.outcome is Outcome.NOT_IMPLEMENTED


def _remark(text: str) -> Lines:
    return indented(Styled(text, "yellow"))


def _line(exercise: ExerciseResult) -> Lines:
    """Return an exercise in one line: what it earned, and the first check that did not pass."""
    failed = next((c for c in exercise.checks if c.outcome not in NOT_LOST), None)
    sign, style = _sign(exercise)
    text = Styled.assemble((exercise.exercise, "" if exercise.done else "bold"))
    text.append(f"  {decimal_text(exercise.points)} / {decimal_text(exercise.max_points)}")
    if failed is not None:
        unwritten = failed.outcome is Outcome.NOT_IMPLEMENTED
        text.append(f"  {clean(failed.message) if unwritten else failed.sentence}", "dim")
    return Lines(text, Styled(f"{sign} ", style))


def _unwritten(names: Sequence[str]) -> Iterator[RenderableType]:
    if names:
        text = Styled(_("Not written yet: {names}").format(names=listed(names)), "dim")
        yield Lines(text, Styled(f"{mark(Outcome.NOT_IMPLEMENTED)} ", "yellow"))


def _in_full(
    exercise: ExerciseResult, desk: Desk, steps: int | None, more: str
) -> Iterator[RenderableType]:
    yield from exercise_view(exercise, steps, points_of(exercise, desk), more)
    if sentences := unseen_sentences(exercise, desk):
        yield Lines(Styled(_("Hidden checks also look at this:"), "dim"), margin=2)
        for sentence in sentences:
            yield Lines(Styled(clean(sentence), "dim"), Styled("  ? ", "dim"))


def _score(result: Result, desk: Desk) -> str:
    points = decimal_text(result.score), decimal_text(result.max_score)
    rest = desk.total - result.max_score
    text = _("Public checks: {points} / {max_points}")
    if rest > 0 and set(desk.points) <= {one.exercise for one in result.exercises}:
        text = _("Public checks: {points} / {max_points}; {rest} more in hidden checks.")
    return text.format(points=points[0], max_points=points[1], rest=decimal_text(rest))
