"""What is graded: one submission, and what all submissions of a run are graded with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.exercise import Assignment, Submission


@dataclass(frozen=True, slots=True)
class Job:
    """One submission to grade.

    Attributes:
        exercises: grade only these; None means all.

        until_failure: leave out what follows an exercise's first check that does not pass.
    """

    learner: str
    submission: Submission
    exercises: frozenset[str] | None = None
    until_failure: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What every submission of a run is graded with.

    Attributes:
        seed: of the course; each public check's own seed follows from it.

        secret: what hidden checks' seeds follow from instead; empty for the course's.

        check_files: in the order of the catalogue.

        root: directory that the checks' paths are relative to.

        device: ``cpu``, ``cuda``, or ``all`` for both.
    """

    assignment: Assignment
    seed: int
    check_files: tuple[Path, ...]
    root: Path
    device: str = "cpu"
    secret: str = ""
