"""How far a learner has come in an assignment, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from grader.language import _


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a learner has come in an assignment.

    Attributes:
        finished: exercises whose checks all pass.

        following: name of the exercise to go on with; empty when all are finished.
    """

    finished: int
    exercises: int
    following: str = ""

    @property
    def sentence(self) -> str:
        """What to say of it."""
        if not self.following:
            return _("All exercises pass: hand in your work.")
        text = _("{finished} of {exercises} exercises pass. Next: {exercise}.")
        return text.format(
            finished=self.finished, exercises=self.exercises, exercise=self.following
        )
