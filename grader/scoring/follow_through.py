"""Marking follows through: a mistake in one exercise costs nothing in another that calls it.

Where an exercise lost points and calls an earlier one that did not pass, its checks run a second
time, in a fresh worker, with the reference's answers in place of that one's. What passes then has
its points, and the report says what is at fault elsewhere. Nothing else of the second run is kept:
no value, no text and no hint, because the learner's code saw right answers in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property

from grader.exercise import Assignment, Submission
from grader.language import _, listed
from grader.outcome import NOT_LOST, Outcome
from grader.sandbox.channel import ClosableChannel, StudentChannel
from grader.sandbox.fork import can_fork
from grader.sandbox.reference import ReferenceChannel
from grader.sandbox.substitutes import LIMITS, OBJECTS, Substitutes
from grader.submission.calls import calls_between, unwritten
from grader.worker.substitutes import ARGUMENTS, CHANGES, GRADIENTS

from .ended_check import EndedCheck

#: outcomes of code that was written and is wrong
_WRONG = (Outcome.FAILED, Outcome.TIMED_OUT, Outcome.CRASHED)


#: opens a channel to the submission in which some functions are replaced
OpenWith = Callable[[Substitutes], ClosableChannel]
#: runs the checks of an exercise through a channel
RunOn = Callable[[str, StudentChannel], list[EndedCheck]]


class FollowThrough:
    """What is known of one submission's exercises, for those that call each other.

    Args:
        reference: answers in place of wrong functions; None if there is none, as in a kit. Then
            sentences say where the fault lies, and no points change.

        open_with: opens a second channel to the submission.
    """

    def __init__(
        self,
        assignment: Assignment,
        submission: Submission,
        reference: ReferenceChannel | None = None,
        open_with: OpenWith | None = None,
    ) -> None:
        self._names = [exercise.name for exercise in assignment.exercises]
        self._submission = submission
        self._reference = reference
        self._open_with = open_with
        #: how the checks of exercises ended so far
        self._ended: dict[str, Sequence[Outcome]] = {}

    @cached_property
    def _calls(self) -> Mapping[str, frozenset[str]]:
        return calls_between(self._submission, self._names)

    @cached_property
    def _unwritten(self) -> frozenset[str]:
        return unwritten(self._submission, self._names)

    def know(self, exercise: str, outcomes: Sequence[Outcome]) -> None:
        """Take it that the checks of *exercise*, which is not graded now, ended like this."""
        self._ended[exercise] = outcomes

    def replaces_endless(self, exercise: str) -> bool:
        """Whether *exercise* calls another that did not end, and will run again without that one.

        Then it would be a waste to wait for what probably is the same loop.
        """
        endless = [name for name, ended in self._ended.items() if Outcome.TIMED_OUT in ended]
        if not self._can_replace or not endless:
            return False
        faulty = self._faulty(exercise)
        return any(name in faulty and self._may_be_replaced(name, exercise) for name in endless)

    @property
    def _can_replace(self) -> bool:
        return self._reference is not None and can_fork(self._reference.framework)

    def settle(
        self, exercise: str, ended: list[EndedCheck], channel: StudentChannel, run: RunOn
    ) -> list[EndedCheck]:
        """Return the checks of *exercise*, as they end where a mistake in another costs nothing.

        Args:
            channel: through which they ran.

            run: runs the checks of an exercise.
        """
        self._ended[exercise] = _outcomes(ended)
        if not any(map(_by_learner, ended)) or not self._calls[exercise]:
            return ended
        for name in self._names:
            # Only some exercises are graded, and not one that these call.
            if name in self._calls[exercise] and name not in self._ended:
                self._ended[name] = _outcomes(run(name, channel))
        faulty = [name for name in self._names if name in self._faulty(exercise)]
        missing = [name for name in faulty if name in self._unwritten]
        if missing and exercise not in self._unwritten:
            ended = _waiting(ended, exercise, missing)
            faulty = [name for name in faulty if name not in missing]
        wrong = [name for name in faulty if self._may_be_replaced(name, exercise)]
        if wrong and self._can_replace:
            ended = self._again(exercise, ended, wrong, run)
        elif wrong:
            ended = _saying(ended, _start_there(exercise, wrong))
        else:
            ended = self._explained(exercise, ended, faulty)
        self._ended[exercise] = _outcomes(ended)
        return ended

    def _faulty(self, exercise: str) -> set[str]:
        """Return the exercises that *exercise* calls and that did not pass."""
        called = self._calls[exercise]
        return {name for name in called if any(map(_costly, self._ended.get(name, ())))}

    def _may_be_replaced(self, name: str, exercise: str) -> bool:
        """Whether a wrong *name* costs *exercise* nothing.

        It comes earlier, does not call *exercise* in turn, and was written.
        """
        earlier = self._names.index(name) < self._names.index(exercise)
        written = any(outcome in (*_WRONG, Outcome.PASSED) for outcome in self._ended[name])
        return (
            earlier
            and exercise not in self._calls[name]
            and written
            and name not in self._unwritten
        )

    def _explained(
        self, exercise: str, ended: list[EndedCheck], faulty: Sequence[str]
    ) -> list[EndedCheck]:
        """Return *ended* with a sentence on what is at fault elsewhere, if anything is."""
        circle = [name for name in faulty if exercise in self._calls[name]]
        if circle:
            text = _(
                "{exercise} and {names} call each other, so neither can be judged by the other: "
                "write one of them without the other."
            )
            return _saying(ended, text.format(exercise=exercise, names=listed(circle)))
        return _saying(ended, _start_there(exercise, faulty)) if faulty else ended

    def _again(
        self, exercise: str, ended: list[EndedCheck], wrong: Sequence[str], run: RunOn
    ) -> list[EndedCheck]:
        """Run the checks of *exercise* with correct answers in place of those of *wrong*."""
        assert self._reference is not None
        assert self._open_with is not None
        substitutes = Substitutes(self._reference.host, wrong)
        with closing(self._open_with(substitutes)) as channel:
            again = {one.check.name: one for one in run(exercise, channel)}
        asked = [name for name in wrong if name in substitutes.asked]
        if busy := [one for one in again.values() if one.verdict.machine_busy]:
            return [_unsettled(one, busy[0]) if _by_learner(one) else one for one in ended]
        if not asked:
            return ended
        sentence = _start_there(exercise, asked)
        if substitutes.cannot:
            sentence += " " + _reason(next(iter(substitutes.cannot.values())))
        else:
            sentence = _fails_too(exercise, asked)
        settled = []
        for one in ended:
            second = again.get(one.check.name)
            if not _by_learner(one):
                settled.append(one)
            elif second is not None and second.verdict.outcome is Outcome.PASSED:
                seconds = one.seconds + second.seconds
                through = tuple(asked)
                settled.append(
                    replace(one, verdict=second.verdict, seconds=seconds, through=through)
                )
            else:
                settled += _saying([_credited(one, second)], sentence)
        return settled


def _outcomes(ended: Sequence[EndedCheck]) -> list[Outcome]:
    return [one.verdict.outcome for one in ended]


def _by_learner(ended: EndedCheck) -> bool:
    return _costly(ended.verdict.outcome)


def _costly(outcome: Outcome) -> bool:
    """Whether a check cost its points, and not for want of anything on our side."""
    return outcome not in (*NOT_LOST, Outcome.INTERNAL)


def _unsettled(ended: EndedCheck, busy: EndedCheck) -> EndedCheck:
    """Return a check that is to be judged when the machine is less busy."""
    return replace(ended, verdict=busy.verdict)


def _credited(ended: EndedCheck, second: EndedCheck | None) -> EndedCheck:
    """Return *ended* with the partial credit that it has in its *second* run, if it has none."""
    credit = ended.verdict.credit or (second.verdict.credit if second else None)
    return replace(ended, verdict=replace(ended.verdict, credit=credit))


def _saying(ended: Sequence[EndedCheck], sentence: str) -> list[EndedCheck]:
    """Return *ended* with a sentence in the messages of what did not pass."""
    told = []
    for one in ended:
        if one.caught and _by_learner(one):
            verdict = one.verdict
            message = f"{verdict.message} {sentence}".strip()
            headline = f"{verdict.headline} {sentence}".strip()
            one = replace(one, verdict=replace(verdict, message=message, headline=headline))
        told.append(one)
    return told


def _waiting(
    ended: Sequence[EndedCheck], exercise: str, missing: Sequence[str]
) -> list[EndedCheck]:
    """Return *ended* saying that what *exercise* calls is *missing*, and not itself."""
    text = _("{exercise} calls {names}, which is not written yet: start there.")
    sentence = text.format(exercise=exercise, names=listed(missing))
    told = []
    for one in ended:
        verdict = one.verdict
        if verdict.outcome is Outcome.NOT_IMPLEMENTED and one.caught:
            one = replace(one, verdict=replace(verdict, message=sentence, headline=sentence))
            told.append(one)
        else:
            told += _saying([one], sentence)
    return told


def _start_there(exercise: str, names: Sequence[str]) -> str:
    text = _("{exercise} calls {names}, which does not pass its own checks: start there.")
    return text.format(exercise=exercise, names=listed(names))


def _fails_too(exercise: str, names: Sequence[str]) -> str:
    text = _(
        "{exercise} calls {names}, which does not pass its own checks; but with correct answers "
        "in their place, this check does not pass either."
    )
    return text.format(exercise=exercise, names=listed(names))


def _reason(reason: str) -> str:
    """Return why correct answers could not take the place of the learner's."""
    why = {
        ARGUMENTS: _("not all of its arguments can be passed on"),
        GRADIENTS: _("its gradients cannot be passed on"),
        CHANGES: _("arrays of this framework cannot be changed in place"),
        OBJECTS: _("it makes an object"),
        LIMITS: _("the correct answers took too much time or memory"),
    }
    text = _("This could not be checked with correct answers in their place: {why}.")
    return text.format(why=why[reason])
