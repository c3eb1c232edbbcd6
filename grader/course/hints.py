"""What a kit knows of mistakes: what each answers to public inputs, and its hint.

At the learner's desk there is neither a reference nor a mistake to ask, so what they answer is
recorded when the kit is made: for every call of the learner's functions in a public check. Nothing
says what a mistake is called or how it is written, and there is none that only hidden checks catch.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from grader.errors import AuthoringError, GraderError, InternalError
from grader.exercise import Assignment, Submission, Text
from grader.language import _
from grader.outcome import Outcome
from grader.scoring.diagnosis import Diagnosis, Suspect, alike, repeatable
from grader.scoring.session import Bench, Ended, Job, Plan, run_session
from grader.submission.proxy import Record
from grader.submission.reference import ReferenceChannel, ReplayChannel, is_answer, key_of
from grader.worker import wire
from grader.worker.values import Unsendable, is_data, leaves

from .catalogue import Course
from .grading import mistake_for

#: answers with more entries in all are left out, so that a kit stays small
_LARGEST = 100_000

#: answers by the key of the call; None for a call that raises
_Answers = dict[str, Any]


class Hints(msgspec.Struct):
    """What is recorded.

    Attributes:
        right: right answers.

        mistakes: of each that a public check catches its exercise, its hint in English and in
            Chinese, its answers.
    """

    right: _Answers
    mistakes: list[tuple[str, str, str, _Answers]]

    def diagnosis(self, framework: str) -> Diagnosis:
        """Return what explains wrong answers, as far as anything is recorded."""
        suspects = [
            Suspect(exercise, Text(en, zh), partial(ReplayChannel, answers, framework))
            for exercise, en, zh, answers in self.mistakes
        ]
        right = ReplayChannel(self.right, framework)
        return Diagnosis(suspects, right, right)


def record_hints(
    course: Course,
    assignment: Assignment,
    plan: Plan,
    reference: ReferenceChannel,
    frameworks: Sequence[str],
) -> Hints:
    """Return what reference and mistakes answer to the learner's calls in the checks of *plan*.

    Args:
        frameworks: whose dtypes the checks' inputs are drawn in.
    """
    hints = Hints({}, [])

    def body(bench: Bench) -> None:
        given = reference.as_given()
        usual: dict[str, list[Record]] = {}
        for exercise in assignment.exercises:
            _passes, usual[exercise.name] = _run(bench, exercise.name, given, frameworks)
            hints.right.update(_answers(given, usual[exercise.name]))
        for mistake in course.mistakes(assignment):
            channel = mistake_for(course, assignment, mistake)
            passes, own = _run(bench, mistake.exercise, channel, frameworks)
            if passes:  # only hidden checks catch it; a kit has no use for it
                continue
            # what a check asks may depend on what it was answered before
            hints.right.update(_answers(given, own))
            answers = _answers(channel, [*usual[mistake.exercise], *own])
            hints.mistakes.append((mistake.exercise, mistake.hint.en, mistake.hint.zh, answers))

    run_session(plan, reference, body)
    return hints


def _run(
    bench: Bench, exercise: str, channel: ReferenceChannel, frameworks: Sequence[str]
) -> tuple[bool, list[Record]]:
    """Return whether the module behind *channel* passes all checks of *exercise*, and its calls."""
    records: list[Record] = []
    outcomes: set[Outcome] = set()

    def watch(ended: Sequence[Ended]) -> dict[str, str]:
        records.extend(record for one in ended for record in repeatable(one))
        outcomes.update(one.verdict.outcome for one in ended)
        return {}

    job = Job("", Submission("", (), "", ""), frozenset([exercise]))
    for framework in frameworks:
        bench.run(job, channel.as_student(framework), watch)
    return outcomes <= {Outcome.PASSED, Outcome.SKIPPED}, records


def _answers(channel: ReferenceChannel, records: Sequence[Record]) -> _Answers:
    """Return the answers to calls, but for those that chance plays a part in."""
    answers: _Answers = {}
    again = channel.as_given()
    for record in records:
        payload = record.payload
        try:
            key = key_of("call", payload)
        except Unsendable:
            continue
        if key in answers:
            continue
        try:
            answer, other = (c.request("call", payload) for c in (channel, again))
        except GraderError:
            answers[key] = None
        else:
            if _recordable(answer) and alike(answer, other, with_dtype=True):
                answers[key] = answer
    return answers


def _recordable(answer: dict[str, Any]) -> bool:
    entries = sum(array.size for array in leaves(list(answer.values())))
    return is_data(answer) and entries <= _LARGEST


def write_hints(hints: Hints, path: Path) -> None:
    """Write *hints* as one frame; raises AuthoringError if they are too large for it."""
    content = {"right": hints.right, "mistakes": hints.mistakes}
    try:
        path.write_bytes(b"".join(wire.encode(1, "hints", content)))
    except Unsendable as error:
        what = f"what mistakes answer cannot be recorded ({error}); draw smaller inputs"
        raise AuthoringError(what, path) from None


def read_hints(path: Path) -> Hints:
    """Read hints; raises InternalError if the file is damaged."""
    text = _("The kit's recorded hints cannot be read ({what}). Unpack the kit again.")
    try:
        id, op, content = wire.decode_frame(path.read_bytes())
        hints = msgspec.convert(content, Hints)
    except (OSError, wire.WireError, msgspec.ValidationError) as error:
        raise InternalError(text.format(what=error)) from None
    everything = [hints.right, *(answers for *_rest, answers in hints.mistakes)]
    good = all(a is None or is_answer(a) for answers in everything for a in answers.values())
    if (id, op) != (1, "hints") or not good:
        raise InternalError(text.format(what=op))
    return hints
