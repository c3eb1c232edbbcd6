"""Records a kit's hints when it is made: see ``recorded_hints.py``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.course.catalogue import Course
from grader.exercise import Assignment, Mistake, Submission
from grader.grading.setup import mistake_for
from grader.sandbox.reference import ReferenceChannel, key_of
from grader.scoring.answers import (
    Question,
    alike,
    depends_on_chance,
    question_of_check,
    questions_of_calls,
    thinned,
)
from grader.scoring.check_runner import CheckRunner
from grader.scoring.ended_check import EndedCheck
from grader.scoring.plan import Job
from grader.worker.values import Unsendable, is_data, leaves

from .recorded_hints import Answers, Hints, RecordedMistake

#: answers with more entries in total are left out, so that a kit stays small
_LARGEST = 100_000


def record_hints(
    course: Course,
    assignment: Assignment,
    runner: CheckRunner,
    reference: ReferenceChannel,
    frameworks: Sequence[str],
) -> dict[str, Hints]:
    """Return what is known of each exercise: how reference and mistakes answer its checks' calls.

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
        self.hints: dict[str, Hints] = {}
        self._given = reference.as_given()
        self._again = reference.as_given()
        self._frameworks = frameworks
        self._usual: dict[str, list[Question]] = {}

    def right(self, runner: CheckRunner, exercise: str) -> None:
        """Keep the right answers to the usual calls of the checks of *exercise*."""
        ended = self._run(runner, exercise, self._given)
        calls = [call for one in ended for call in questions_of_calls(one)]
        chance = any(depends_on_chance(call, self._given, self._again) for call in calls)
        self.hints[exercise] = Hints({}, chance, [])
        self._usual[exercise] = self._questions(exercise, ended)
        self.hints[exercise].right.update(_answers(self._given, self._usual[exercise]))

    def wrong(self, runner: CheckRunner, mistake: Mistake, channel: ReferenceChannel) -> None:
        """Keep the answers of *mistake*, unless only hidden checks catch it."""
        ended = self._run(runner, mistake.exercise, channel)
        if not any(one.lost for one in ended):
            return
        # The calls of a check may depend on earlier answers.
        own = self._questions(mistake.exercise, ended)
        hints = self.hints[mistake.exercise]
        hints.right.update(_answers(self._given, own))
        answers = _answers(channel, [*self._usual[mistake.exercise], *own], thin=True)
        hint = mistake.hint
        hints.mistakes.append(RecordedMistake(hint.en, hint.zh, mistake.topic, answers))

    def _questions(self, exercise: str, ended: Sequence[EndedCheck]) -> list[Question]:
        asked = question_of_check if self.hints[exercise].chance else questions_of_calls
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


def _answers(channel: ReferenceChannel, asked: Sequence[Question], thin: bool = False) -> Answers:
    """Return the answers to the calls, except for random ones.

    Args:
        thin: whether to keep only as much as tells them from others.
    """
    answers: Answers = {}
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
