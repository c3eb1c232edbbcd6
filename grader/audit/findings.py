"""What an audit found, as values: findings to mend, and who caught what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from grader.checks.plugin import Check
from grader.errors import AuthoringError
from grader.exercise import Mistake

from .mutants import Mutant

MUTATION_COUNTS = ("mutants", "killed", "equivalent", "survivors")


#: told of each step of an audit: what it is, its number, and how many there are
Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an author must mend."""

    what: str
    path: Path | None = None
    line: int | None = None

    def __str__(self) -> str:
        return str(AuthoringError(self.what, self.path, self.line))


@dataclass
class Audit:
    """What an audit of one assignment found.

    Attributes:
        caught: for each mistake, ``exercise/name``, the checks that failed on it.

        variants: for each accepted variant, ``exercise/file``, the checks that failed on it.

        junk: for each kind of junk, ``exercise/kind``, the checks that failed on it. What is
            spoiled is graded until the first of them.

        harmless: for each kind of junk that is right too, ``exercise/kind``, the author's reason.

        chances: for each check, ``exercise/name``, assertions that a right answer fails once in
            10⁹ runs.

        tolerances: for each exercise, the relative allowance by dtype.

        runs: of right solutions to one exercise, each under another seed.
    """

    assignment: str
    exercises: int = 0
    checks: list[Check] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    caught: dict[str, tuple[str, ...]] = field(default_factory=dict)
    variants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    junk: dict[str, tuple[str, ...]] = field(default_factory=dict)
    harmless: dict[str, str] = field(default_factory=dict)
    chances: dict[str, int] = field(default_factory=dict)
    tolerances: dict[str, dict[str, float]] = field(default_factory=dict)
    runs: int = 0

    def found(self, what: str, path: Path | None = None, line: int | None = None) -> None:
        """Note a finding."""
        self.findings.append(Finding(what, path, line))


@dataclass
class Mutation:
    """What became of the mutants of one exercise.

    Attributes:
        remembered: how many verdicts are those of an earlier run.

        equivalents: those that survived and are listed as right, each with the reason.

        survivors: those that survived and are not.
    """

    assignment: str
    exercise: str
    mutants: int = 0
    killed: int = 0
    remembered: int = 0
    equivalents: list[tuple[Mutant, str]] = field(default_factory=list)
    survivors: list[Mutant] = field(default_factory=list)

    def row(self) -> tuple[str, int, int, int, int]:
        """Return exercise, mutants, killed, equivalent, survivors."""
        counts = (self.mutants, self.killed, len(self.equivalents), len(self.survivors))
        return (self.exercise, *counts)


@dataclass
class CourseAudit:
    """Audits of several assignments, and all findings, also those about the course as a whole.

    Attributes:
        mutations: by exercise; empty if not asked for.
    """

    audits: list[Audit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    mutations: list[Mutation] = field(default_factory=list)

    def rows(self) -> list[tuple[str, int, int, int, int, int]]:
        """Return a row of counts for each assignment."""
        return [
            (
                audit.assignment,
                audit.exercises,
                len(audit.checks),
                len(audit.mistakes),
                len(audit.variants),
                len(audit.findings),
            )
            for audit in self.audits
        ]

    def mutation_rows(self) -> list[tuple[str, int, int, int, int]]:
        """Return exercise, mutants, killed, equivalent, survivors for each exercise."""
        return [mutation.row() for mutation in self.mutations]

    def payload(self) -> dict[str, object]:
        """Return it for machines."""
        names = ("assignment", "exercises", "checks", "mistakes", "accepted", "findings")
        return {
            "schema": "gradproof/audit/v1",
            "assignments": [
                {**dict(zip(names, row, strict=True)), "caught": audit.caught}
                for row, audit in zip(self.rows(), self.audits, strict=True)
            ],
            "mutations": [
                dict(zip(("exercise", *MUTATION_COUNTS), row, strict=True))
                for row in self.mutation_rows()
            ],
            "findings": [
                {"path": str(f.path) if f.path else None, "line": f.line, "what": f.what}
                for f in self.findings
            ],
        }
