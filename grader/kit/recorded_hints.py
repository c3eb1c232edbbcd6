"""A kit's record of known mistakes: the answers of each to public inputs, and its hint.

At the learner's desk there is neither a reference nor a mistake to run, so their answers are
recorded when the kit is made: for every call of the learner's functions in a public check. Nothing
says what a mistake is called or how it is written, and there is none that only hidden checks catch.
Each exercise has a file of its own, which is read when one of its checks has failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from grader.errors import AuthoringError, InternalError
from grader.exercise import Text
from grader.language import _
from grader.outcome import Outcome
from grader.sandbox.reference import ReplayChannel, is_answer
from grader.scoring import ended_check
from grader.scoring.diagnosis import Diagnosis, Suspect
from grader.worker import wire
from grader.worker.values import Unsendable

#: answers by the key of the call; None for a call that raises
Answers = dict[str, Any]


class RecordedMistake(msgspec.Struct):
    """A mistake: its hint in English and in Chinese, its topic, its answers."""

    en: str
    zh: str
    topic: str
    answers: Answers


class Hints(msgspec.Struct):
    """What is recorded of one exercise.

    Attributes:
        right: the right answers.

        chance: whether its results are random.

        mistakes: the known mistakes that a public check catches.
    """

    right: Answers
    chance: bool
    mistakes: list[RecordedMistake]

    def diagnosis(self, exercise: str, framework: str) -> Diagnosis:
        """Return the diagnosis of wrong answers, as far as answers are recorded."""
        suspects = [
            Suspect(
                exercise, Text(m.en, m.zh), partial(ReplayChannel, m.answers, framework), m.topic
            )
            for m in self.mistakes
        ]
        right = ReplayChannel(self.right, framework)
        return Diagnosis(suspects, right, right, [exercise] if self.chance else [])


class RecordedHints:
    """The hints in a folder, each exercise's read when it is first needed.

    Args:
        framework: that of the kit.
    """

    def __init__(self, folder: Path, framework: str) -> None:
        self._folder = folder
        self._framework = framework
        self._read: dict[str, Hints] = {}
        self._diagnoses: dict[str, Diagnosis] = {}

    def right(self, exercise: str) -> ReplayChannel:
        """Return the right answers to the calls of an exercise; raises InternalError."""
        return ReplayChannel(self._hints(exercise).right, self._framework)

    def hints(
        self,
        ended: Sequence[ended_check.EndedCheck],
        other: ended_check.OtherInputs | None = None,
    ) -> ended_check.Hints:
        """Return hints for the failed checks of one exercise, as a diagnosis does.

        Raises InternalError.
        """
        if not any(one.verdict.outcome is Outcome.FAILED for one in ended):
            return {}
        exercise = ended[0].check.exercise
        if exercise not in self._diagnoses:
            known = self._hints(exercise)
            self._diagnoses[exercise] = known.diagnosis(exercise, self._framework)
        return self._diagnoses[exercise].hints(ended, other)

    def _hints(self, exercise: str) -> Hints:
        if exercise not in self._read:
            self._read[exercise] = read_hints(self._folder / exercise)
        return self._read[exercise]


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
