"""Shows a hint in the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from grader.language import _
from grader.outcome import CheckResult, Outcome

from .line_wrapping import Lines, indented
from .outcome_text import MARKS
from .safe_text import clean
from .standing import Standing


@dataclass(frozen=True, slots=True)
class NextHint:
    """The answer to a learner's request for a hint.

    Attributes:
        check: the first check that does not pass; None if all pass.

        steps: hints shown so far, this one last.

        more: whether there are more hints.
    """

    exercise: str
    check: CheckResult | None
    steps: tuple[str, ...]
    more: bool
    standing: Standing


def hint_view(hint: NextHint) -> RenderableType:
    """Return the check that does not pass, the hints so far, and what to do next."""
    if hint.check is None:
        text = _("Every check passes: no hint is needed.")
        return Group(Lines(Text(text)), Lines(Text(hint.standing.sentence)))
    mark, style = MARKS[hint.check.outcome]
    parts: list[RenderableType] = [
        Text(hint.exercise, "bold"),
        Lines(Text(hint.check.sentence), Text(f"  {mark} ", style)),
        indented(Text(clean(hint.check.message))),
    ]
    said = [_("Hint: {hint}").format(hint=clean(step)) for step in hint.steps]
    parts += [indented(Text(text, "cyan")) for text in said]
    if hint.more:
        text = _("For the next hint, run again: gradproof hint {exercise}")
    else:
        text = no_more_hints(hint.check)
    parts.append(indented(Text(text.format(exercise=hint.exercise), "dim")))
    return Group(*parts)


def no_more_hints(check: CheckResult) -> str:
    """Return what to tell a learner who has seen all hints of *check*, or to whom it gives none."""
    if check.outcome is Outcome.NOT_IMPLEMENTED:
        text = _("Hints depend on what {exercise} returns, which is nothing yet.")
    elif check.hints:
        text = _("There are no more hints. To try this case yourself: gradproof replay {exercise}")
    else:
        text = _(
            "There is no hint for this. To try this case yourself: gradproof replay {exercise}"
        )
    return text.format(exercise=check.exercise)
