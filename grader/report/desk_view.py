"""The result of the public checks as a learner sees it in a terminal of 80 × 24.

One exercise is shown in full, last, where the eye is: the one at hand. What passed and what does
not take a line each, and what is not written yet takes one line together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from grader.exercise import Text
from grader.language import _, current
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
    result: Result, desk: Desk, standing: Standing, steps: int | None, full: Collection[str] = ()
) -> RenderableType:
    """Return the public checks of one learner's work, and what to do next.

    Args:
        steps: the number of hints to show for each check; None for all.

        full: the exercises to show in full; if empty, the one at hand.
    """
    shown = set(full) or {standing.following}
    brief = [one for one in result.exercises if one.exercise not in shown]
    parts: list[RenderableType] = []
    for exercise in brief:
        if not _is_unwritten(exercise):
            parts += [_line(exercise), *(map(_remark, exercise_remarks(exercise)))]
    parts += _unwritten([one.exercise for one in brief if _is_unwritten(one)])
    for exercise in result.exercises:
        if exercise.exercise in shown:
            parts += [Styled()] * bool(parts)
            parts += _in_full(exercise, desk, steps)
    parts.append(Styled())
    parts += result_end(result, _score(result, desk))
    parts.append(Styled(standing.sentence, "bold"))
    return Group(*parts)


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
    style = "green" if exercise.done else "red"
    sign = mark(Outcome.PASSED if failed is None else failed.outcome)
    text = Styled(exercise.exercise, "" if exercise.done else "bold")
    text.append(f"  {decimal_text(exercise.points)} / {decimal_text(exercise.max_points)}")
    if failed is not None:
        unwritten = failed.outcome is Outcome.NOT_IMPLEMENTED
        text.append(f"  {clean(failed.message) if unwritten else failed.sentence}", "dim")
    return Lines(text, Styled(f"{sign} ", style))


def _unwritten(names: Sequence[str]) -> Iterator[RenderableType]:
    if names:
        text = Styled(_("Not written yet: {names}").format(names=", ".join(names)), "dim")
        yield Lines(text, Styled(f"{mark(Outcome.NOT_IMPLEMENTED)} ", "yellow"))


def _in_full(exercise: ExerciseResult, desk: Desk, steps: int | None) -> Iterator[RenderableType]:
    yield from exercise_view(exercise, steps, points_of(exercise, desk))
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
