"""Diagnosis: how wrong answers relate to the right ones, and which known mistake explains them.

A failing submission's calls are repeated with every known mistake of the exercise. A mistake that
gives the same outputs for all of them, where the reference gives others, is what the learner did;
its hint is shown. Before it come hints that need no known mistake: how the wrong outputs relate to
the right ones, and where they are wrong. Every call of a mistake is made once in a run, for a
whole class.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from grader.errors import GraderError, InternalError
from grader.exercise import Text
from grader.language import current
from grader.outcome import Outcome
from grader.sandbox.channel import Channel
from grader.sandbox.reference import MOST_ANSWERS, key_of
from grader.worker.values import Unsendable

from .answers import Question, depends_on_chance, question_of_check, questions_of_calls
from .ended_check import EndedCheck, Hints
from .explanation import ComparedCall, compare, explanation, too_large_or_small, wrong_places
from .localisation import in_float32_only, where_wrong
from .relation_sentences import of_topic


@dataclass(frozen=True, slots=True)
class Suspect:
    """A mistake that a learner may have made.

    Attributes:
        hint: the hint for this mistake.

        open: creates the channel that answers with this mistake; called when first needed.

        topic: what it concerns, as one word; empty if not stated.
    """

    exercise: str
    hint: Text
    open: Callable[[], Channel]
    topic: str = ""


class Diagnosis:
    """Explains wrong outputs.

    All channels compute in the dtype of their inputs, like the learner's code, so that errors
    specific to float32 and wrong result dtypes are recognized, too. A channel that cannot answer a
    call raises InternalError.

    Args:
        suspects: the known mistakes of one assignment.

        right: gives right answers.

        again: gives right answers, too; where the two differ, results are random.

        chance: exercises whose results are known to be random.
    """

    def __init__(
        self,
        suspects: Sequence[Suspect],
        right: Channel,
        again: Channel,
        chance: Iterable[str] = (),
    ) -> None:
        self._suspects = suspects
        self._right = right
        self._again = again
        self._chance = set(chance)
        self._channels: dict[Suspect, Channel | None] = {}
        self._said: dict[str, Hints] = {}

    def hints(self, ended: Sequence[EndedCheck]) -> Hints:
        """Return hints for the failed checks of one exercise, by check name.

        They are steps, each more specific: what is wrong, where, and the hint of the mistake. They
        are computed once for all submissions with the same answers.
        """
        failed = [e for e in ended if e.verdict.outcome is Outcome.FAILED and e.trace]
        if not failed:
            return {}
        key = _identity(ended)
        if key in self._said:
            return self._said[key]
        hints = self._find(ended, failed)
        if key and len(self._said) < MOST_ANSWERS:
            self._said[key] = hints
        return hints

    def _find(self, ended: Sequence[EndedCheck], failed: Sequence[EndedCheck]) -> Hints:
        asked = self._questions(ended)
        compared = {name: self._compared(calls) for name, calls in asked.items()}
        everything = [call for calls in asked.values() for call in calls]
        everywhere = [pair for pairs in compared.values() for pair in pairs]
        suspects = [s for s in self._suspects if s.exercise == failed[0].check.exercise]
        # By whether the dtype counts: a wrong dtype is the mistake only if nothing else is wrong.
        in_all_checks = {
            exact: self._mistakes_giving(everything, exact, suspects) for exact in (True, False)
        }
        hints = {}
        for e in failed:
            calls, pairs = asked[e.check.name], compared[e.check.name]
            wrong = [exact for exact in in_all_checks if not self._gives(self._right, calls, exact)]
            found = itertools.chain(
                (in_all_checks[exact] for exact in wrong),
                (self._mistakes_giving(calls, exact, suspects) for exact in wrong),
            )
            steps = (
                _what_is_wrong(pairs, everywhere),
                where_wrong(pairs, e.check.hidden),
                _hint_of(next(filter(None, found), [])),
            )
            hints[e.check.name] = tuple(filter(None, steps))
        return {name: steps for name, steps in hints.items() if steps}

    def _questions(self, ended: Sequence[EndedCheck]) -> dict[str, list[Question]]:
        """Return the calls of each check of an exercise, by check name."""
        calls = {e.check.name: questions_of_calls(e) for e in ended}
        exercise = ended[0].check.exercise
        every = itertools.chain.from_iterable(calls.values())
        if exercise not in self._chance:
            if not any(depends_on_chance(call, self._right, self._again) for call in every):
                return calls
            self._chance.add(exercise)
        return {e.check.name: question_of_check(e) for e in ended}

    def _compared(self, calls: Sequence[Question]) -> list[ComparedCall]:
        """Return each call's answer with the right one; empty if one of them is not known."""
        pairs: list[ComparedCall] = []
        for call in calls:
            try:
                right = call.ask(self._right)
            except InternalError:
                return []
            pairs += compare(call, right)
        return pairs

    def _mistakes_giving(
        self, calls: Sequence[Question], exact: bool, suspects: Sequence[Suspect]
    ) -> list[Suspect]:
        """Return the mistakes that give every output seen, if any output is evidence."""
        if not any(call.answered for call in calls):
            return []
        channels = ((suspect, self._channel(suspect)) for suspect in suspects)
        return [s for s, channel in channels if channel and self._gives(channel, calls, exact)]

    def _gives(self, channel: Channel, calls: Sequence[Question], exact: bool) -> bool:
        """Whether *channel* answers like the learner's code; False if it cannot answer."""
        try:
            return all(call.is_answered_alike(channel, exact) for call in calls)
        except InternalError:
            return False

    def _channel(self, suspect: Suspect) -> Channel | None:
        if suspect not in self._channels:
            try:
                self._channels[suspect] = suspect.open()
            except GraderError:
                self._channels[suspect] = None
        return self._channels[suspect]


def _identity(ended: Sequence[EndedCheck]) -> str:
    """Return the identity of everything that hints depend on; empty if it includes a function."""
    checks = []
    for e in ended:
        calls = [
            [record.op, record.payload, record.value, record.after, type(record.error).__name__]
            for record in e.trace
        ]
        checks.append([e.check.name, e.verdict.outcome.value, e.seed, calls])
    try:
        return key_of(ended[0].check.exercise, {"language": current(), "checks": checks})
    except Unsendable:
        return ""


def _what_is_wrong(pairs: Sequence[ComparedCall], everywhere: Sequence[ComparedCall]) -> str:
    """Return what the wrong results of a check (if too few, of all checks) have in common."""
    said = explanation(pairs)
    if not said and (wrong := wrong_places(pairs)):
        said = explanation(everywhere, wrong) or too_large_or_small(everywhere)
    return said or in_float32_only(pairs, everywhere)


def _hint_of(suspects: Sequence[Suspect]) -> str:
    """Return the hint that all *suspects* share, or their common topic; otherwise empty."""
    hints = {suspect.hint.get(current()) for suspect in suspects}
    topics = {suspect.topic for suspect in suspects}
    if len(hints) == 1:
        return hints.pop()
    return of_topic(topics.pop()) if len(topics) == 1 else ""
