"""A learner's progress in a kit, and the number of hints shown: ``.gradproof/progress.json``.

It is a convenience, not a grade: deleting it loses only this display.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import msgspec

from grader.atomic_write import write_whole
from grader.exercise import Submission
from grader.kit.kit import HOME, Kit
from grader.outcome import Outcome, Result
from grader.report.standing import Standing
from grader.submission.calls import calls_between

SCHEMA = "gradproof/progress/v1"


class Attained(msgspec.Struct):
    """The result of an exercise's last check; points are fractions as strings."""

    points: str
    offered: str
    finished: bool


class Progress(msgspec.Struct):
    """The remembered progress.

    Attributes:
        exercises: results by exercise name.

        hints: the number of hints shown, by ``exercise/check``.

        codes: the identity of the code of each exercise when it was last checked.

        hand: the exercise that the learner was last seen to work on; may be empty.

        calls: the other exercises that each one called when it was last checked.
    """

    schema: str = SCHEMA
    exercises: dict[str, Attained] = {}
    hints: dict[str, int] = {}
    codes: dict[str, str] = {}
    hand: str = ""
    calls: dict[str, list[str]] = {}

    @classmethod
    def of(cls, kit: Kit) -> Progress:
        """Return the progress in *kit*; empty if it cannot be read."""
        try:
            raw = msgspec.json.decode(_path(kit).read_bytes(), type=cls)
            for attained in raw.exercises.values():
                Fraction(attained.points), Fraction(attained.offered)
        except (OSError, ValueError, ZeroDivisionError):
            return cls()
        return raw if raw.schema == SCHEMA else cls()

    def note(self, result: Result, codes: Mapping[str, str] | None = None) -> None:
        """Remember the exercises of *result* that were checked in full.

        Args:
            codes: the identity of their code, which tells what the learner works on.
        """
        for exercise in result.exercises:
            name, points = exercise.exercise, (str(exercise.points), str(exercise.max_points))
            self.exercises[name] = Attained(*points, exercise.done)
            for check in exercise.checks:
                if check.outcome is Outcome.PASSED:
                    # If it fails again, its hints start over.
                    self.hints.pop(f"{name}/{check.name}", None)
        self._see(result, codes)

    def see_calls(self, kit: Kit, result: Result, checked: Submission) -> None:
        """Note which other exercises those of *result* call in the code that was *checked*."""
        calls = calls_between(checked, [one.name for one in kit.assignment.exercises])
        names = [one.exercise for one in result.exercises]
        self.calls |= {name: sorted(calls.get(name, ())) for name in names}

    def _see(self, result: Result, codes: Mapping[str, str] | None) -> None:
        """Note what the learner works on: what changed since the last check, or else fails."""
        written = [one for one in result.exercises if one.outcome is not Outcome.NOT_IMPLEMENTED]
        new = written
        if codes is not None:
            new = [
                one for one in written if codes.get(one.exercise) != self.codes.get(one.exercise)
            ]
            self.codes.update(codes)
        failed = [one.exercise for one in written if not one.done]
        if new:
            self.hand = next((one for one in new if not one.done), new[-1]).exercise
        elif failed and self.hand not in failed:
            self.hand = failed[0]

    def forget(self, exercise: str) -> None:
        """Forget an exercise and its hints."""
        self.exercises.pop(exercise, None)
        self.hints = {k: v for k, v in self.hints.items() if not k.startswith(f"{exercise}/")}

    def keep(self, kit: Kit) -> None:
        """Write the progress file; do nothing if the kit is on a read-only medium."""
        with contextlib.suppress(OSError):
            write_whole(_path(kit), msgspec.json.format(msgspec.json.encode(self), indent=2))

    def standing(self, kit: Kit) -> Standing:
        """Return the learner's standing in *kit*."""
        names = [exercise.name for exercise in kit.assignment.exercises]
        open_ones = [name for name in names if not self.finished(name)]
        # the one at hand, or else the next behind it, or else the first
        place = names.index(self.hand) if self.hand in names else 0
        onwards = [name for name in names[place:] if name in open_ones]
        following = next(iter([*onwards, *open_ones]), "")
        # what it calls comes first, if that was seen to fail
        called = self.calls.get(following, ())
        failing = [name for name in open_ones if name in self.exercises and name in called]
        following = next(iter(failing), following)
        return Standing(len(names) - len(open_ones), len(names), following)

    def finished(self, exercise: str) -> bool:
        """Whether all checks of *exercise* passed in their last run."""
        return exercise in self.exercises and self.exercises[exercise].finished

    def points(self, kit: Kit) -> Mapping[str, tuple[Fraction, Fraction] | None]:
        """Return earned and available points by exercise; None for an exercise never checked."""
        return {
            exercise.name: (Fraction(known.points), Fraction(known.offered))
            if (known := self.exercises.get(exercise.name))
            else None
            for exercise in kit.assignment.exercises
        }


def remember(kit: Kit, result: Result, checked: Submission, keep: bool = True) -> Progress:
    """Add *result* to the progress in *kit* and return it; *keep* writes it to the file.

    Args:
        checked: the code that the result is about.
    """
    progress = Progress.of(kit)
    progress.note(result)
    progress.see_calls(kit, result, checked)
    if keep:
        progress.keep(kit)
    return progress


def _path(kit: Kit) -> Path:
    return kit.directory / HOME / "progress.json"
