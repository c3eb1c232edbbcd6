"""The total of a term: all assignments of a course, in one table.

An assignment counts for a learner once it is scored and due, or once the learner has a report.
Whoever has none then has 0 points. Its weight is what the course says, otherwise its points::

    share of an assignment = score / points on offer
    total                  = sum of weight × share / sum of weights

The assignments with the lowest shares are dropped first, of equal ones that with more weight, then
the earlier one; one always stays. The total in percent is capped, and then rounded, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction

from grader.course.catalogue import Course
from grader.course.score_rules import TotalTable, exact_share
from grader.errors import UsageError
from grader.exercise import Assignment
from grader.language import _
from grader.outcome import Result
from grader.report.class_summary import by_learner, natural_order
from grader.report.points_text import to_step
from grader.scoring.results import Results
from grader.submission.register import Register
from grader.submission.roster import naming_rules

from .score import submissions_of

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Part:
    """What one assignment is in the total of one learner.

    Attributes:
        offered: points on offer; 0 if all of them are a bonus.

        weight: what it counts for, 0 if it is dropped.

        earned: of its weight.
    """

    assignment: str
    score: Fraction
    offered: Fraction
    weight: Fraction
    earned: Fraction
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """The term of one learner.

    Attributes:
        parts: the assignments that count, or are dropped, by name.

        percent: None if nothing counts yet.

        late_days: used so far.

        waits: whether a person has still to give points, or a report is not final.
    """

    learner: str
    name: str
    section: str
    parts: Mapping[str, Part]
    percent: Fraction | None
    late_days: int
    waits: bool


def reports(course: Course, assignment: Assignment) -> list[Result]:
    """Return the last reports of everybody who has submitted, by learner."""
    known = Results(course.root / "results", assignment.name)
    learners = submissions_of(course).learners(assignment.name)
    found = (known.read(learner) for learner in learners)
    return by_learner(one[0] for one in found if one is not None)


def standings(course: Course, now: datetime | None = None) -> list[Standing]:
    """Return the term of everybody in the roster or with a report, in natural order.

    Args:
        now: an assignment that is due later counts only for those with a report.

    Raises UsageError if nothing was scored.
    """
    now = now or datetime.now(UTC)
    scored = {one.name: {r.learner: r for r in reports(course, one)} for one in course.assignments}
    scored = {name: found for name, found in scored.items() if found}
    if not scored:
        raise UsageError(_("Nothing was scored yet. Run: gradproof score ASSIGNMENT"))
    register = naming_rules(course.root).register
    everybody = {learner for found in scored.values() for learner in found}
    everybody |= set(register.missing(()))
    return [
        _standing(course, learner, scored, register, now)
        for learner in sorted(everybody, key=natural_order)
    ]


def _standing(
    course: Course,
    learner: str,
    scored: Mapping[str, Mapping[str, Result]],
    register: Register,
    now: datetime,
) -> Standing:
    parts: list[Part] = []
    for assignment in course.assignments:
        result = scored.get(assignment.name, {}).get(learner)
        due = course.deadlines.due_for(learner, assignment.name)
        counts = assignment.name in scored and (due is None or due <= now)
        if result is not None or counts:
            parts.append(part_of(assignment, result))
    kept = with_dropped(parts, course.total.drop_lowest)
    mine = [found[learner] for found in scored.values() if learner in found]
    return Standing(
        learner,
        *register.about(learner),
        {part.assignment: part for part in kept},
        total(kept, course.total),
        sum(result.late_days.used for result in mine if result.late_days),
        any(result.waits or not result.final for result in mine),
    )


def part_of(assignment: Assignment, result: Result | None) -> Part:
    """Return what *assignment* is in a total; None for the result of who has submitted nothing."""
    score = result.score if result else _ZERO
    offered = result.max_score if result else assignment.points
    if assignment.weight is None:
        return Part(assignment.name, score, offered, offered, score)
    earned = assignment.weight * score / offered if offered else _ZERO
    weight = assignment.weight if offered else _ZERO
    return Part(assignment.name, score, offered, weight, earned)


def with_dropped(parts: Sequence[Part], number: int) -> list[Part]:
    """Return *parts*, with *number* of the lowest dropped."""
    places = [place for place, part in enumerate(parts) if part.weight]

    def order(place: int) -> tuple[Fraction, Fraction, int]:
        part = parts[place]
        return part.score / part.offered, -part.weight, place

    dropped = sorted(places, key=order)[: max(0, min(number, len(places) - 1))]
    return [
        replace(part, weight=_ZERO, earned=_ZERO, dropped=True) if place in dropped else part
        for place, part in enumerate(parts)
    ]


def total(parts: Iterable[Part], rules: TotalTable) -> Fraction | None:
    """Return the total of *parts* in percent; None if nothing is on offer."""
    parts = list(parts)
    weight = sum((part.weight for part in parts), _ZERO)
    if not weight:
        return None
    percent = 100 * sum((part.earned for part in parts), _ZERO) / weight
    if rules.at_most is not None:
        percent = min(percent, 100 * exact_share(rules.at_most))
    return to_step(percent, rules.step)
