"""The results of an audit: findings to fix, and which checks fail on which submission."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from grader.exercise import Mistake

from .calibration import Calibrated
from .findings import Finding
from .kept_results import CheckFacts
from .mutants import Mutant
from .promise_audit import KeptPromise
from .record import Recorded

COUNTS = ("exercises", "checks", "mistakes", "accepted", "findings")
MUTATION_COUNTS = ("mutants", "killed", "equivalent", "survivors")


@dataclass
class ExerciseAudit:
    """The results of the audit of one exercise.

    Attributes:
        caught: for each mistake, the checks that failed on it under every seed.

        promises: each promise of a sentence, with the checks that failed when it was broken.

        explains: the parts of the statement that promise nothing.

        variants: for each accepted variant, the checks that failed on it.

        wrong_answers: for each kind of wrong answer, the checks that failed on it. A corrupted
            answer is graded until the first failure.

        harmless: for each kind of corrupted answer that is right, too, the author's reason.

        chances: for each check, assertions that a right answer fails once in 10⁹ runs.

        errors: by dtype, the largest relative error of a correct solution.

        tolerances: the relative tolerance by dtype.

        runs: the number of runs of correct solutions, each with another seed.

        unchanged: whether all results are from an earlier audit.
    """

    assignment: str
    exercise: str
    checks: list[CheckFacts] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    caught: dict[str, tuple[str, ...]] = field(default_factory=dict)
    promises: list[KeptPromise] = field(default_factory=list)
    explains: tuple[str, ...] = ()
    variants: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wrong_answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    harmless: dict[str, str] = field(default_factory=dict)
    chances: dict[str, int] = field(default_factory=dict)
    errors: dict[str, float] = field(default_factory=dict)
    tolerances: dict[str, float] = field(default_factory=dict)
    runs: int = 0
    unchanged: bool = False

    @property
    def label(self) -> str:
        """The name of the exercise within the course."""
        return f"{self.assignment}/{self.exercise}"

    def found(self, what: str, path: Path | None = None, line: int | None = None) -> None:
        """Note a finding."""
        self.findings.append(Finding(what, path, line, self.label))

    def payload(self, findings: int) -> dict[str, object]:
        """Return it as values that JSON can express.

        Args:
            findings: how many are about this exercise.
        """
        return {
            "assignment": self.assignment,
            "exercise": self.exercise,
            "unchanged": self.unchanged,
            "checks": [
                {
                    "name": check.name,
                    "points": str(check.points),
                    "hidden": check.hidden,
                    "chances": self.chances.get(check.name, 0),
                    "sentence": {"en": check.sentence.en, "zh": check.sentence.zh},
                }
                for check in self.checks
            ],
            "mistakes": [
                {"name": m.name, "caught_by": m.caught_by, "caught": self.caught.get(m.name)}
                for m in self.mistakes
            ],
            "promises": [one.payload() for one in self.promises],
            "explains": self.explains,
            "accepted": self.variants,
            "wrong_answers": self.wrong_answers,
            "harmless": self.harmless,
            "errors": self.errors,
            "tolerances": self.tolerances,
            "runs": self.runs,
            "findings": findings,
        }


@dataclass
class Mutation:
    """The results of the mutants of one exercise.

    Attributes:
        remembered: the number of verdicts from an earlier audit.

        equivalents: survivors that are listed as equivalent, each with the reason.

        survivors: the other survivors.
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
    """Audits of several exercises, and all findings, including those about the course as a whole.

    Attributes:
        findings: sorted by file and line.

        mutations: by exercise; empty if not requested.

        calibrated: the changes of the recorded errors; empty if not requested.

        recorded: mistakes and promises whose checks were written.

        skipped: for each framework that is not installed, the number of files written in it.
    """

    audits: list[ExerciseAudit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    mutations: list[Mutation] = field(default_factory=list)
    calibrated: list[Calibrated] = field(default_factory=list)
    recorded: list[Recorded] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)

    @property
    def unchanged(self) -> int:
        """The number of exercises that have not changed since an earlier audit."""
        return sum(audit.unchanged for audit in self.audits)

    def rows(self) -> list[tuple[str, int, int, int, int, int]]:
        """Return a row of counts for each assignment."""
        return [(name, *self._counts(name, audits)) for name, audits in self._by_assignment()]

    def exercise_rows(self) -> list[tuple[str, int, int, int, int]]:
        """Return checks, mistakes, variants and findings of each exercise."""
        return [(audit.label, *self._counts(audit.label, [audit])[1:]) for audit in self.audits]

    def mutation_rows(self) -> list[tuple[str, int, int, int, int]]:
        """Return exercise, mutants, killed, equivalent, survivors for each exercise."""
        return [mutation.row() for mutation in self.mutations]

    def payload(self) -> dict[str, object]:
        """Return it as values that JSON can express."""
        return {
            "schema": "gradproof/audit/v1",
            "assignments": [
                {
                    "assignment": name,
                    **dict(zip(COUNTS, self._counts(name, audits), strict=True)),
                    "caught": {
                        f"{audit.exercise}/{mistake}": checks
                        for audit in audits
                        for mistake, checks in audit.caught.items()
                    },
                }
                for name, audits in self._by_assignment()
            ],
            "exercises": [
                audit.payload(self._findings_about(audit.label)) for audit in self.audits
            ],
            "mutations": [
                dict(zip(("exercise", *MUTATION_COUNTS), row, strict=True))
                for row in self.mutation_rows()
            ],
            "calibrated": [one.payload() for one in self.calibrated],
            "recorded": [one.payload() for one in self.recorded],
            "skipped": self.skipped,
            "findings": [
                {"path": str(f.path) if f.path else None, "line": f.line, "what": f.what}
                for f in self.findings
            ],
        }

    def _by_assignment(self) -> Iterator[tuple[str, list[ExerciseAudit]]]:
        for name in dict.fromkeys(audit.assignment for audit in self.audits):
            yield name, [audit for audit in self.audits if audit.assignment == name]

    def _counts(
        self, label: str, audits: Sequence[ExerciseAudit]
    ) -> tuple[int, int, int, int, int]:
        """Return the :data:`COUNTS` of *label*: an exercise, or an assignment with several."""
        return (
            len(audits),
            sum(len(audit.checks) for audit in audits),
            sum(len(audit.mistakes) for audit in audits),
            sum(len(audit.variants) for audit in audits),
            self._findings_about(label),
        )

    def _findings_about(self, label: str) -> int:
        """Return how many findings are about *label*, or about an exercise of that assignment."""
        return sum(f.subject == label or f.subject.startswith(f"{label}/") for f in self.findings)
