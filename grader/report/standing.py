"""A learner's standing in an assignment, as a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from grader.language import _


@dataclass(frozen=True, slots=True)
class Standing:
    """A learner's standing in an assignment.

    Attributes:
        finished: the number of exercises whose checks all pass.

        following: the exercise to continue with; empty when all are finished.
    """

    finished: int
    exercises: int
    following: str = ""

    @property
    def sentence(self) -> str:
        """The sentence about it."""
        if not self.following:
            return _("All exercises pass. You can submit your work.")
        text = _("{finished} of {exercises} exercises pass. Next: {exercise}.")
        return text.format(
            finished=self.finished, exercises=self.exercises, exercise=self.following
        )
