"""Whose points moved when the same work was graded again, and what did it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.language import _
from grader.outcome import CheckResult, Outcome, Result

from .outcome_text import outcome_word
from .points_text import decimal_text
from .safe_text import one_line

#: reasons that one sentence names
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Move:
    """The results of the same work, before and now."""

    before: Result
    now: Result

    @property
    def sentence(self) -> str:
        """Who, from what to what, and why."""
        text = _("{learner}: {before} → {now} points ({why})")
        reasons = list(self._reasons())
        why = "; ".join(reasons[:_NAMED]) + ("; …" if len(reasons) > _NAMED else "")
        return text.format(
            learner=one_line(self.now.learner),
            before=decimal_text(self.before.score),
            now=decimal_text(self.now.score),
            why=why or _("penalty or override"),
        )

    def _reasons(self) -> Iterator[str]:
        """Yield what became of each check whose points changed."""
        old, new = (_by_name(result.checks) for result in (self.before, self.now))
        for place in dict.fromkeys([*old, *new]):
            then, now = old.get(place), new.get(place)
            if then is None:
                yield _("{check} is new").format(check=place)
            elif now is None:
                yield _("{check} is gone").format(check=place)
            elif then.outcome is not now.outcome:
                text = _("{check}: {then} → {now}")
                words = outcome_word(then.outcome), outcome_word(now.outcome)
                yield text.format(check=place, then=words[0], now=words[1])
            elif then.points != now.points:
                text = _("{check}: {then} → {now} points")
                points = decimal_text(then.points), decimal_text(now.points)
                yield text.format(check=place, then=points[0], now=points[1])


def moves(pairs: Iterable[tuple[Result, Result]]) -> list[Move]:
    """Return the moves among results before and now; new work, or work without a grade, is none."""
    return [
        Move(before, now)
        for before, now in pairs
        if before.digest == now.digest and before.final and now.final and before.score != now.score
    ]


def _by_name(checks: Iterable[CheckResult]) -> dict[str, CheckResult]:
    counted = (check for check in checks if check.outcome is not Outcome.SKIPPED)
    return {f"{check.exercise}/{check.name}": check for check in counted}
