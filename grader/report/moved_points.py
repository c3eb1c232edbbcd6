"""Whose points moved, from what to what, and what did it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.language import CLAUSES, _, listed
from grader.outcome import CheckResult, Outcome, Result

from .outcome_text import outcome_word
from .points_text import decimal_text
from .safe_text import one_line

#: checks that one sentence names
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Move:
    """The results of a learner, before and now."""

    before: Result
    now: Result

    @property
    def sentence(self) -> str:
        """Who, from what to what, and why."""
        text = _("{learner}: {before} → {now} points ({why})")
        why = listed(self._reasons(), CLAUSES)
        return text.format(
            learner=one_line(self.now.learner),
            before=decimal_text(self.before.score),
            now=decimal_text(self.now.score),
            why=why or _("another rule"),
        )

    def _reasons(self) -> Iterator[str]:
        """Yield what became of each part of the sum, the work first and the cap last."""
        if self.before.digest != self.now.digest:
            yield _("other work counts: {name}").format(name=one_line(self.now.submission))
        else:
            reasons = list(self._of_checks())
            yield from reasons[:_NAMED]
            if len(reasons) > _NAMED:
                yield "…"
        yield from self._given()
        yield from self._of_lateness()
        yield from self._of_rules()

    def _of_checks(self) -> Iterator[str]:
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

    def _given(self) -> Iterator[str]:
        """Yield what people have given, or taken back."""
        old, new = ({e.exercise: e.override for e in r.exercises} for r in (self.before, self.now))
        for name in dict.fromkeys([*old, *new]):
            then, now = old.get(name), new.get(name)
            if now is not None and now != then:
                text = _("{exercise}: override, {points} points: {reason}")
                points = decimal_text(now.points)
                yield text.format(exercise=name, points=points, reason=one_line(now.reason))
            elif then is not None and now is None:
                yield _("{exercise}: the override is taken back").format(exercise=name)
        given = {line.line: line for line in self.before.rubric}
        for line in self.now.rubric:
            earlier = given[line.line].points if line.line in given else None
            if line.points is not None and line.points != earlier:
                text = _("{line}: {points} points by hand")
                yield text.format(line=line.line, points=decimal_text(line.points))

    def _of_lateness(self) -> Iterator[str]:
        """Yield what became of the penalty."""
        then, now = self.before.penalty, self.now.penalty
        if now is not None and (then is None or then.points != now.points):
            text = _("penalty of {points}: {reason}")
            yield text.format(points=decimal_text(now.points), reason=one_line(now.reason))
        elif now is None and then is not None:
            yield _("no penalty any more")
        used = [r.late_days.used if r.late_days else 0 for r in (self.before, self.now)]
        if used[0] != used[1]:
            yield _("late days used: {then} → {now}").format(then=used[0], now=used[1])

    def _of_rules(self) -> Iterator[str]:
        """Yield what counts otherwise by the rules of the course."""
        words = {"yes": _("counts"), "bonus": _("a bonus"), "optional": _("optional")}
        old = {one.exercise: one.counts for one in self.before.exercises}
        for one in self.now.exercises:
            if old.get(one.exercise, one.counts) != one.counts:
                text = _("{exercise} is now: {word}")
                yield text.format(exercise=one.exercise, word=words[one.counts])
        if self.now.cap != self.before.cap:
            yield self.now.cap.reason if self.now.cap else _("below the cap")


def moves(pairs: Iterable[tuple[Result, Result]]) -> list[Move]:
    """Return the moves among results before and now; new work, or work without a grade, is none."""
    return [
        Move(before, now)
        for before, now in pairs
        if before.digest == now.digest and before.final and now.final and before.score != now.score
    ]


def differences(before: Iterable[Result], now: Iterable[Result]) -> list[Move]:
    """Return the moves of everybody who has a grade before and now, also for other work."""
    old = {result.learner: result for result in before}
    both = ((old[result.learner], result) for result in now if result.learner in old)
    return [Move(*pair) for pair in both if pair[0].score != pair[1].score]


def _by_name(checks: Iterable[CheckResult]) -> dict[str, CheckResult]:
    counted = (check for check in checks if check.outcome is not Outcome.SKIPPED)
    return {f"{check.exercise}/{check.name}": check for check in counted}
