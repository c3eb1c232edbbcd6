"""What is graded (a job), and the settings shared by all submissions of a run (the plan)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.exercise import Assignment, Submission
from grader.outcome import ExerciseResult
from grader.submission.given import NONE_GIVEN, Given


@dataclass(frozen=True, slots=True)
class Job:
    """One submission to grade.

    Attributes:
        exercises: the exercises to grade; None means all.

        until_failure: stop each exercise at its first check that does not pass.

        kept: results of other exercises that are known and still count.
    """

    learner: str
    submission: Submission
    exercises: frozenset[str] | None = None
    until_failure: bool = False
    kept: tuple[ExerciseResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings shared by all submissions of a run.

    Attributes:
        seed: the seed of the course, from which each public check's seed follows.

        secret: the seed for hidden checks instead; empty for the course's seed.

        check_files: in the order of the catalogue.

        root: the directory that the checks' paths are relative to.

        device: ``cpu``, ``cuda``, or ``all`` for both.

        given: the course's files that lie beside every submission.
    """

    assignment: Assignment
    seed: int
    check_files: tuple[Path, ...]
    root: Path
    device: str = "cpu"
    secret: str = ""
    given: Given = NONE_GIVEN
