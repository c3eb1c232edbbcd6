"""Tables of how many correct and wrong answers each grader accepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from .answers import Answer
from .common import DIFFERENCES
from .public import PUBLIC

ALLCLOSE, ONES, TOGETHER, GRADPROOF = (
    "np.allclose",
    "cotangent of ones",
    "public suites",
    "gradproof",
)
COLUMNS = (ALLCLOSE, ONES, TOGETHER, GRADPROOF)
PLAIN = "**missed, without mistakes that only change a dtype or an argument**"


class Table:
    """Counts, by kind of answer, exercise and suite.

    Attributes:
        answers: number of answers by kind and exercise. Mistakes that a check on values or shapes
            catches are counted again as ``plain``.
        passed: number of answers that a suite accepts, by kind, exercise and suite.
    """

    def __init__(
        self,
        every: Iterable[Answer],
        verdicts: Iterable[Sequence[str]],
        report: dict[str, Any],
    ) -> None:
        self.answers: Counter[tuple[str, str]] = Counter()
        self.passed: Counter[tuple[str, str, str]] = Counter()
        caught: dict[str, list[str]] = {}
        for part in report["assignments"]:
            caught |= part["caught"]
        for answer, names in zip(every, verdicts, strict=True):
            passed, kinds = set(names), [answer.kind]
            public = PUBLIC.get(answer.exercise)
            if public and public.keys() <= passed:
                passed.add(TOGETHER)
            if answer.kind == "mistake":
                checks = caught[f"{answer.exercise}/{answer.name}"]
                if not checks:
                    passed.add(GRADPROOF)
                if not all(map(_on_manners, checks)):
                    kinds.append("plain")
            elif answer.kind == "right":
                # the audit has no findings: every check passed it
                passed.add(GRADPROOF)
            for kind in kinds:
                self.answers[kind, answer.exercise] += 1
                self.passed.update((kind, answer.exercise, name) for name in passed)
        for row in report["mutations"]:
            self.passed["mutant", row["exercise"], GRADPROOF] = row["survivors"]

    def exercises(self, name: str) -> list[str]:
        """Return the exercises that the suite called *name* tests."""
        every = [exercise for kind, exercise in self.answers if kind == "right"]
        tested = set(DIFFERENCES) if name == ONES else set(PUBLIC) if name == TOGETHER else every
        return [exercise for exercise in every if exercise in tested]

    def counts(self, kind: str) -> dict[str, dict[str, int]]:
        """Return the number of answers of *kind*, and how many each suite accepts, by exercise."""
        return {
            exercise: {"answers": self.answers[kind, exercise]}
            | {
                name: self.passed[kind, exercise, name]
                for name in [*COLUMNS, *PUBLIC.get(exercise, {})]
                if exercise in self.exercises(name)
            }
            for exercise in self.exercises(GRADPROOF)
        }

    def rows(self, kind: str) -> list[list[str]]:
        """Return a row for each exercise: how many wrong answers of *kind* each grader misses.

        The last rows are sums over the exercises that a grader tests, and the correct answers it
        accepts.
        """
        rows = [
            [exercise, *(str(counts.get(name, "–")) for name in ("answers", *COLUMNS))]
            for exercise, counts in self.counts(kind).items()
        ]
        rows.append(["**missed**", "", *(self._accepted(kind, name) for name in COLUMNS)])
        if kind == "mistake":
            rows.append([PLAIN, "", *(self._accepted("plain", name) for name in COLUMNS)])
            rows.append(["**correct answers accepted**", "", *map(self._right, COLUMNS)])
        return rows

    def _sums(self, kind: str, name: str) -> tuple[int, int]:
        tested = self.exercises(name)
        passed = sum(self.passed[kind, exercise, name] for exercise in tested)
        return passed, sum(self.answers[kind, exercise] for exercise in tested)

    def _accepted(self, kind: str, name: str) -> str:
        passed, of = self._sums(kind, name)
        return f"{passed} of {of} ({passed / of:.0%})"

    def _right(self, name: str) -> str:
        return "{} of {}".format(*self._sums("right", name))

    def public_rows(self, kinds: Sequence[str]) -> list[list[str]]:
        """Return a row for each public suite: how many answers of each of *kinds* it accepts."""
        return sorted(
            [name, exercise]
            + [
                f"{self.passed[kind, exercise, name]} of {self.answers[kind, exercise]}"
                for kind in kinds
            ]
            for exercise, suites in PUBLIC.items()
            for name in suites
        )


def _on_manners(check: str) -> bool:
    """Return whether *check* only tests a dtype, or that arguments stay unchanged."""
    return "dtype" in check or "unchanged" in check


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> str:
    """Return a Markdown table; all but the first *words* columns are aligned to the right."""
    line = ["---"] * words + ["--:"] * (len(head) - words)
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, line, *rows]) + "\n"
