"""Diagnosis: how wrong answers relate to the right ones, and which known mistake explains them.

A failing submission's calls are repeated with every known mistake of the exercise. A mistake that
gives the same outputs in all checks, where the reference gives others, may be what the learner did.
Two mistakes may agree by coincidence, so the checks then draw other inputs, on which the learner's
code must agree with it again; otherwise it is not named. Before its hint come hints that need no
known mistake: how the wrong outputs relate to the right ones, and where they are wrong. Every call
of a mistake is made once in a run, for a whole class.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from grader.errors import GraderError, InternalError
from grader.exercise import Text
from grader.language import current
from grader.outcome import Outcome
from grader.sandbox.channel import Channel
from grader.sandbox.proxy import Record
from grader.sandbox.random_sources import OWN, SOURCES
from grader.sandbox.reference import MOST_ANSWERS, key_of, widened
from grader.worker.values import Unsendable, identical, leaves, replace_arrays

from .answers import (
    Question,
    depends_on_chance,
    question_of_check,
    questions_of_calls,
    questions_of_records,
)
from .ended_check import EndedCheck, Hints, OtherInputs
from .explanation import ComparedCall, compare, explanation, too_large_or_small, wrong_places
from .localisation import in_float32_only, where_wrong
from .other_sizes import resized, sizes_of, with_other_dimensions
from .relation_sentences import of_topic

#: the calls of so many sizes are repeated with others
_RESIZED = 4
#: so many times the checks draw other inputs
_SEEDS = 2


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


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found about the failed checks of an exercise.

    Attributes:
        steps: what is wrong and where, by check name.

        calls: the calls of all checks.

        mistakes: the known mistakes that give the same answers, and whether in the same dtypes, by
            check name.
    """

    calls: list[Question]
    steps: Hints = field(default_factory=dict)
    mistakes: dict[str, tuple[list[Suspect], bool]] = field(default_factory=dict)


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
        self._found: dict[str, _Found] = {}

    def hints(self, ended: Sequence[EndedCheck], other: OtherInputs | None = None) -> Hints:
        """Return hints for the failed checks of one exercise, by check name.

        They are steps, each more specific: what is wrong, where, and the hint of the mistake. All
        but the last are computed once for all submissions with the same answers.

        Args:
            other: runs the checks again, on other inputs; None if that is not possible.
        """
        failed = [e for e in ended if e.verdict.outcome is Outcome.FAILED and e.trace]
        if not failed:
            return {}
        key = _identity(ended)
        found = self._found.get(key) or self._find(ended, failed, other)
        if key and len(self._found) < MOST_ANSWERS:
            self._found[key] = found
        confirmed = self._confirmed(found, other)
        hints = {}
        for name, steps in found.steps.items():
            suspects, exact = found.mistakes[name]
            hint = _hint_of([suspect for suspect in suspects if (suspect, exact) in confirmed])
            hints[name] = tuple(filter(None, (*steps, hint)))
        return {name: steps for name, steps in hints.items() if steps}

    def _find(
        self,
        ended: Sequence[EndedCheck],
        failed: Sequence[EndedCheck],
        other: OtherInputs | None,
    ) -> _Found:
        in_float64 = None if other is None else partial(self._in_float64, other)
        asked = self._questions(ended)
        compared = {name: self._compared(calls) for name, calls in asked.items()}
        everything = [call for calls in asked.values() for call in calls]
        everywhere = [pair for pairs in compared.values() for pair in pairs]
        suspects = [s for s in self._suspects if s.exercise == failed[0].check.exercise]
        # By whether the dtype counts: a wrong dtype is the mistake only if nothing else is wrong.
        giving = {
            exact: self._mistakes_giving(everything, exact, suspects) for exact in (True, False)
        }
        found = _Found(everything)
        for e in failed:
            name = e.check.name
            calls, pairs = asked[name], _in_question(e, compared[name])
            wrong = [exact for exact in giving if not self._gives(self._right, calls, exact)]
            mistakes = ((giving[exact], exact) for exact in wrong if giving[exact])
            found.mistakes[name] = next(mistakes, ([], True))
            found.steps[name] = (
                _what_is_wrong(pairs, everywhere) or in_float32_only(pairs, everywhere, in_float64),
                where_wrong(pairs, e.check.hidden),
            )
        return found

    def _confirmed(self, found: _Found, other: OtherInputs | None) -> set[tuple[Suspect, bool]]:
        """Return the mistakes found that give the learner's answers to other inputs, too.

        Inputs of two sizes are the least; random numbers agree with no others, whatever the size.
        """
        pairs = {(s, exact) for suspects, exact in found.mistakes.values() for s in suspects}
        if not pairs:
            return pairs
        calls = [call for call in found.calls if call.answered]
        resized: list[Question] = []
        if other is not None:
            again = [self._questions(other.checks(number)) for number in range(_SEEDS)]
            resized, more = self._of_other_sizes(found.calls, other)
            calls += [*more, *(call for one in again for asked in one.values() for call in asked)]
        channels = ((s, exact, self._channel(s)) for s, exact in pairs)
        opened = [(s, exact, channel) for s, exact, channel in channels if channel]
        if other is not None and other.in_another_framework:
            # Frameworks differ in which sizes they refuse, of those that no check asks for.
            gave = [call for call in resized if call.given is not None]
            kept = {
                (s, exact)
                for s, exact, channel in opened
                if self._gives(channel, calls + _answered_by(channel, gave), exact)
            }
        else:
            kept = {(s, e) for s, e, one in opened if self._gives(one, calls + resized, e)}
        calls += resized
        by_chance = any(call.op == "repeat" for call in calls)
        return kept if by_chance or len({sizes_of(call.payload) for call in calls}) > 1 else set()

    def _of_other_sizes(
        self, calls: Sequence[Question], other: OtherInputs
    ) -> tuple[list[Question], list[Question]]:
        """Ask the learner's code for more, wherever calls of one size show that it is wrong.

        Returns:
            The calls with other sizes, and those with other numbers of axes.
        """
        seen: dict[tuple[Any, ...], Question] = {}
        for call in calls:
            if call.op == "call" and not self._gives(self._right, [call], False):
                seen.setdefault((call.payload["name"], *sizes_of(call.payload)), call)
        asked = list(itertools.islice(seen.values(), _RESIZED))
        sizes = [payload for call in asked for payload, _right in resized(call, self._right)]
        # That both raise says little: is it the number of axes, and which?
        raised = [call for call in asked if call.given is None]
        axes = [p for call in raised for p in with_other_dimensions(call, self._right)]
        records = other.ask([*sizes, *axes]) if sizes or axes else []
        found = [questions_of_records([one]) for one in records]
        of_sizes, of_axes = found[: len(sizes)], found[len(sizes) :]
        return [*itertools.chain(*of_sizes)], [*itertools.chain(*of_axes)]

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

    def _in_float64(self, other: OtherInputs, calls: Sequence[ComparedCall]) -> list[ComparedCall]:
        """Return what the learner's code answers to *calls* with arrays in float64."""
        asked = [replace_arrays(one.record.payload, widened) for one in calls]
        return self._compared(questions_of_records(other.ask(asked)))

    def _mistakes_giving(
        self, calls: Sequence[Question], exact: bool, suspects: Sequence[Suspect]
    ) -> list[Suspect]:
        """Return the mistakes that give every output seen, if any output is evidence."""
        if not any(call.answered for call in calls):
            return []
        channels = ((suspect, self._channel(suspect)) for suspect in suspects)
        return [s for s, channel in channels if channel and self._gives(channel, calls, exact)]

    def _gives(self, channel: Channel, calls: Sequence[Question], exact: bool) -> bool:
        """Whether *channel* answers like the learner's code; False if it cannot answer.

        It draws random numbers from the same source in all calls.
        """
        sources = SOURCES if any(call.op == "repeat" for call in calls) else (OWN,)
        drawn = ([call.drawn_from(source) for call in calls] for source in sources)
        return any(_all_alike(channel, asked, exact) for asked in drawn)

    def _channel(self, suspect: Suspect) -> Channel | None:
        if suspect not in self._channels:
            try:
                self._channels[suspect] = suspect.open()
            except GraderError:
                self._channels[suspect] = None
        return self._channels[suspect]


def _answered_by(channel: Channel, calls: Sequence[Question]) -> list[Question]:
    """Return the calls that *channel* answers with values."""
    try:
        return [call for call in calls if call.ask(channel) is not None]
    except InternalError:
        return list(calls)


def _all_alike(channel: Channel, calls: Sequence[Question], exact: bool) -> bool:
    try:
        return all(call.is_answered_alike(channel, exact) for call in calls)
    except InternalError:
        return False


def _in_question(ended: EndedCheck, pairs: Sequence[ComparedCall]) -> Sequence[ComparedCall]:
    """Return the calls in which something may be wrong.

    Where chance plays a part, results differ that are all right, such as the numbers that a block
    begins with. Then these are calls like the one whose result the check itself found wrong.
    """
    context = ended.context
    if context is None or context.compared is None or not any(one.chance for one in pairs):
        return pairs
    got = context.compared[0]
    wrong = {
        _kind(one.record)
        for one in pairs
        if any(identical(array, got) for array in leaves(one.record.value))
    }
    return [one for one in pairs if _kind(one.record) in wrong] or pairs


def _kind(record: Record) -> tuple[str, ...]:
    return record.op, record.name, str(record.rest.get("method", ""))


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
    said = explanation(pairs, everywhere=everywhere)
    if not said and (wrong := wrong_places(pairs)):
        said = explanation(everywhere, wrong) or too_large_or_small(everywhere)
    return said


def _hint_of(suspects: Sequence[Suspect]) -> str:
    """Return the hint that all *suspects* share, or their common topic; otherwise empty."""
    hints = {suspect.hint.get(current()) for suspect in suspects}
    topics = {suspect.topic for suspect in suspects}
    if len(hints) == 1:
        return hints.pop()
    return of_topic(topics.pop()) if len(topics) == 1 else ""
