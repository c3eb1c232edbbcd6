"""A kit's record of known mistakes: the answers of each to public inputs, and its hint.

At the learner's desk there is neither a reference nor a mistake to run, so their answers are
recorded when the kit is made: for every call of the learner's functions in a public check. Nothing
says what a mistake is called or how it is written, and there is none that only hidden checks catch.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from grader.course.catalogue import Course
from grader.errors import AuthoringError, InternalError
from grader.exercise import Assignment, Mistake, Submission, Text
from grader.grading.setup import mistake_for
from grader.language import _
from grader.sandbox.reference import ReferenceChannel, ReplayChannel, is_answer, key_of
from grader.scoring.answers import (
    Question,
    alike,
    depends_on_chance,
    question_of_check,
    questions_of_calls,
    thinned,
)
from grader.scoring.check_runner import CheckRunner
from grader.scoring.diagnosis import Diagnosis, Suspect
from grader.scoring.ended_check import EndedCheck
from grader.scoring.plan import Job
from grader.worker import wire
from grader.worker.values import Unsendable, is_data, leaves

#: answers with more entries in total are left out, so that a kit stays small
_LARGEST = 100_000

#: answers by the key of the call; None for a call that raises
_Answers = dict[str, Any]


class _Recorded(msgspec.Struct):
    """A mistake: its exercise, its hint in English and in Chinese, its topic, its answers."""

    exercise: str
    en: str
    zh: str
    topic: str
    answers: _Answers


class Hints(msgspec.Struct):
    """The recorded answers and hints.

    Attributes:
        right: the right answers.

        chance: exercises whose results are random.

        mistakes: the known mistakes that a public check catches.
    """

    right: _Answers
    chance: list[str]
    mistakes: list[_Recorded]

    def diagnosis(self, framework: str) -> Diagnosis:
        """Return the diagnosis of wrong answers, as far as answers are recorded."""
        suspects = [
            Suspect(
                m.exercise, Text(m.en, m.zh), partial(ReplayChannel, m.answers, framework), m.topic
            )
            for m in self.mistakes
        ]
        right = ReplayChannel(self.right, framework)
        return Diagnosis(suspects, right, right, self.chance)


def record_hints(
    course: Course,
    assignment: Assignment,
    runner: CheckRunner,
    reference: ReferenceChannel,
    frameworks: Sequence[str],
) -> Hints:
    """Return the answers of reference and mistakes to the learner's calls in the runner's checks.

    Args:
        frameworks: the frameworks in whose dtypes the checks' inputs are drawn.
    """
    recorder = _Recorder(reference, frameworks)
    for exercise in assignment.exercises:
        recorder.right(runner, exercise.name)
    for mistake in course.mistakes(assignment):
        recorder.wrong(runner, mistake, mistake_for(course, assignment, mistake))
    return recorder.hints


class _Recorder:
    """Runs the checks on reference and mistakes, and keeps their answers."""

    def __init__(self, reference: ReferenceChannel, frameworks: Sequence[str]) -> None:
        self.hints = Hints({}, [], [])
        self._given = reference.as_given()
        self._again = reference.as_given()
        self._frameworks = frameworks
        self._usual: dict[str, list[Question]] = {}

    def right(self, runner: CheckRunner, exercise: str) -> None:
        """Keep the right answers to the usual calls of the checks of *exercise*."""
        ended = self._run(runner, exercise, self._given)
        calls = [call for one in ended for call in questions_of_calls(one)]
        if any(depends_on_chance(call, self._given, self._again) for call in calls):
            self.hints.chance.append(exercise)
        self._usual[exercise] = self._questions(exercise, ended)
        self.hints.right.update(_answers(self._given, self._usual[exercise]))

    def wrong(self, runner: CheckRunner, mistake: Mistake, channel: ReferenceChannel) -> None:
        """Keep the answers of *mistake*, unless only hidden checks catch it."""
        ended = self._run(runner, mistake.exercise, channel)
        if not any(one.lost for one in ended):
            return
        # The calls of a check may depend on earlier answers.
        own = self._questions(mistake.exercise, ended)
        self.hints.right.update(_answers(self._given, own))
        answers = _answers(channel, [*self._usual[mistake.exercise], *own], thin=True)
        recorded = _Recorded(
            mistake.exercise, mistake.hint.en, mistake.hint.zh, mistake.topic, answers
        )
        self.hints.mistakes.append(recorded)

    def _questions(self, exercise: str, ended: Sequence[EndedCheck]) -> list[Question]:
        asked = question_of_check if exercise in self.hints.chance else questions_of_calls
        return [question for one in ended for question in asked(one)]

    def _run(
        self, runner: CheckRunner, exercise: str, channel: ReferenceChannel
    ) -> list[EndedCheck]:
        """Run the checks of *exercise* on the module behind *channel*, in all dtypes."""
        every: list[EndedCheck] = []
        job = Job("", Submission("", (), "", ""), frozenset([exercise]))
        for framework in self._frameworks:
            runner.run(job, channel.as_student(framework), observe=every.extend)
        return every


def _answers(channel: ReferenceChannel, asked: Sequence[Question], thin: bool = False) -> _Answers:
    """Return the answers to the calls, except for random ones.

    Args:
        thin: whether to keep only as much as tells them from others.
    """
    answers: _Answers = {}
    again = channel.as_given()
    for question in asked:
        try:
            key = key_of(question.op, question.payload)
        except Unsendable:
            continue
        if key in answers:
            continue
        answer = question.ask(channel)
        if answer is None:
            answers[key] = None
            continue
        always = question.op == "repeat" or alike(answer, question.ask(again), with_dtype=True)
        kept = thinned(answer) if thin and question.op == "repeat" else answer
        if always and kept and _recordable(kept):
            answers[key] = kept
    return answers


def _recordable(answer: dict[str, Any]) -> bool:
    entries = sum(array.size for array in leaves(list(answer.values())))
    return is_data(answer) and entries <= _LARGEST


def write_hints(hints: Hints, path: Path) -> None:
    """Write *hints* as one frame; raises AuthoringError if they are too large for it."""
    mistakes = [msgspec.structs.asdict(mistake) for mistake in hints.mistakes]
    content = {"right": hints.right, "chance": hints.chance, "mistakes": mistakes}
    try:
        path.write_bytes(b"".join(wire.encode(1, "hints", content)))
    except Unsendable as error:
        what = f"the answers of the mistakes cannot be recorded ({error}); draw smaller inputs"
        raise AuthoringError(what, path) from None


def read_hints(path: Path) -> Hints:
    """Read hints; raises InternalError if the file is damaged."""
    text = _("The kit's recorded hints cannot be read ({what}). Unpack the kit again.")
    try:
        id, op, content = wire.decode_frame(path.read_bytes())
        hints = msgspec.convert(content, Hints)
    except (OSError, wire.WireError, msgspec.ValidationError) as error:
        raise InternalError(text.format(what=error)) from None
    everything = [hints.right, *(mistake.answers for mistake in hints.mistakes)]
    good = all(a is None or is_answer(a) for answers in everything for a in answers.values())
    if (id, op) != (1, "hints") or not good:
        raise InternalError(text.format(what=op))
    return hints
