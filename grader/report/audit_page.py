"""An audit as HTML pages: one for each assignment, and an index.

The pages are self-contained: no script, no style sheet, no network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.exercise import Text

from .html_templates import templates


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A check.

    Attributes:
        chances: its assertions that a right answer fails once in 10⁹ runs.
    """

    name: str
    sentence: Text
    points: Fraction
    hidden: bool
    chances: int = 0


@dataclass(frozen=True, slots=True)
class MistakeLine:
    """A known mistake, and the names of the checks that fail on it.

    Attributes:
        named: the checks that should fail.
    """

    name: str
    hint: Text
    caught: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An accepted variant or a wrong answer: what it is, and the checks that fail on it.

    Attributes:
        reason: why a wrong answer that no check fails on is right, too.
    """

    name: str
    failed: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise of a sentence, what breaks it, and the checks that fail then.

    Attributes:
        mistake: the known mistake that breaks it; empty if *code* is none.

        code: what stands in the reference when it is broken.
    """

    sentence: str
    mistake: str
    code: str
    caught: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MutantLine:
    """A mutant that survived: the line it edits, the edit, and why it is right if it is."""

    line: int
    diff: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MutantsPart:
    """The results of an exercise's mutants."""

    count: int
    killed: int
    survivors: Sequence[MutantLine]
    equivalents: Sequence[MutantLine]


@dataclass(frozen=True, slots=True)
class ExercisePart:
    """The findings on one exercise.

    Attributes:
        mutants: None if they were not requested.

        tolerances: relative tolerance by dtype.
    """

    name: str
    title: Text
    points: Fraction
    checks: Sequence[CheckLine]
    mistakes: Sequence[MistakeLine]
    variants: Sequence[AnswerLine]
    wrong_answers: Sequence[AnswerLine]
    mutants: MutantsPart | None = None
    tolerances: Mapping[str, float] = field(default_factory=dict)
    promises: Sequence[PromiseLine] = ()

    def caught_by(self, check: str) -> int:
        """Return the number of mistakes that *check* catches."""
        return sum(check in mistake.caught for mistake in self.mistakes)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """Something to fix, and where."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """The findings on one assignment."""

    name: str
    title: Text
    exercises: Sequence[ExercisePart]
    findings: Sequence[FindingLine]

    @property
    def points(self) -> Fraction:
        """The points of all exercises."""
        return sum((exercise.points for exercise in self.exercises), Fraction(0))

    def count(self, what: str) -> int:
        """Return the number of ``checks``, ``mistakes`` or ``variants`` in all exercises."""
        return sum(len(getattr(exercise, what)) for exercise in self.exercises)

    @property
    def mutants(self) -> MutantsPart | None:
        """The mutants of all exercises."""
        parts = [exercise.mutants for exercise in self.exercises if exercise.mutants]
        if not parts:
            return None
        return MutantsPart(
            sum(part.count for part in parts),
            sum(part.killed for part in parts),
            [line for part in parts for line in part.survivors],
            [line for part in parts for line in part.equivalents],
        )


def assignment_page(page: AssignmentPage) -> str:
    """Return the page of one assignment."""
    return templates().get_template("audit_assignment.html").render(page=page)


def index_page(
    title: Text, pages: Sequence[AssignmentPage], findings: Sequence[FindingLine]
) -> str:
    """Return the index of *pages*, which are beside it as ``<name>.html``.

    Args:
        title: the title of the course.

        findings: findings that belong to none of the pages.
    """
    template = templates().get_template("audit_index.html")
    return template.render(title=title, pages=pages, findings=findings)
