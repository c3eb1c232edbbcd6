"""A hint, for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rich.console import Group, RenderableType
from rich.text import Text

from grader.language import _
from grader.outcome import CheckResult, Outcome

from .line_wrapping import Lines, indented
from .notebook_html import Standing
from .safe_text import clean
from .terminal import MARKS


class _NextHint(Protocol):
    @property
    def exercise(self) -> str: ...
    @property
    def check(self) -> CheckResult | None: ...
    @property
    def steps(self) -> Sequence[str]: ...
    @property
    def more(self) -> bool: ...
    @property
    def standing(self) -> Standing: ...


def hint_view(hint: _NextHint) -> RenderableType:
    """Return the check that does not pass, the hints so far, and what can be done next."""
    if hint.check is None:
        text = _("Every check passes: no hint is needed.")
        return Group(Text(text), Text(hint.standing.sentence))
    mark, style = MARKS[hint.check.outcome]
    parts: list[RenderableType] = [
        Text(hint.exercise, "bold"),
        Lines(Text(hint.check.sentence), Text(f"  {mark} ", style)),
        indented(Text(clean(hint.check.message))),
    ]
    said = [_("Hint: {hint}").format(hint=clean(step)) for step in hint.steps]
    parts += [indented(Text(text, "cyan")) for text in said]
    if hint.more:
        text = _("Once more for the next hint: gradproof hint {exercise}")
    elif hint.check.outcome is Outcome.NOT_IMPLEMENTED:
        text = _("Write {exercise} first: hints are about what it gives back.")
    elif hint.steps:
        text = _("There is no further hint. To try the case yourself: gradproof replay {exercise}")
    else:
        text = _("There is no hint for this. To try the case yourself: gradproof replay {exercise}")
    parts.append(indented(Text(text.format(exercise=hint.exercise), "dim")))
    return Group(*parts)
