"""Item analysis: evaluates the checks by the results of a class.

A check that a learner did not reach says nothing about that learner: if an exercise was not
started, or a check was skipped or broke on our side, it is left out of every comparison.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from grader.language import _, listed
from grader.outcome import CheckResult, Outcome, Result

#: with fewer learners, the statistics mean little
FEW = 5

#: significance level of a finding on correlation
_CHANCE = 0.05

#: a share of timeouts that is not explained by single learners
_MANY = 0.25

_UNTOUCHED = {Outcome.NOT_IMPLEMENTED, Outcome.BLOCKED}
_SILENT = {Outcome.SKIPPED, Outcome.INTERNAL}

#: a check, as reports name it
Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One check over a class.

    Attributes:
        outcomes: the number of each outcome.

        share: the share of learners who passed, of those it was run for; None if there are none.

        discrimination: correlation of passing it with the points of all other checks, −1 to 1;
            None where one of the two is the same for everyone.

        chance: the probability of a discrimination as low as this if the two were unrelated.
    """

    exercise: str
    name: str
    hidden: bool
    outcomes: Counter[Outcome]
    share: float | None
    discrimination: float | None
    chance: float

    @property
    def judged(self) -> int:
        """Number of learners for whom it was run."""
        return sum(count for outcome, count in self.outcomes.items() if outcome not in _SILENT)

    @property
    def label(self) -> str:
        """``exercise/name``."""
        return f"{self.exercise}/{self.name}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something for the instructor to look at.

    Attributes:
        kind: a word for programs.

        what: the labels of the checks, or names of the exercises, that it is about.

        text: what was found, in the language of the run.

        advice: what to do about it; the same for all findings of one kind.
    """

    kind: str
    what: tuple[str, ...]
    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """Item analysis of one assignment.

    Attributes:
        learners: number of results.

        items: in the order of the checks.

        starters: the number of learners who wrote each exercise.
    """

    assignment: str
    learners: int
    items: tuple[Item, ...]
    starters: Mapping[str, int]
    findings: tuple[Finding, ...] = ()


def analyse(assignment: str, results: Sequence[Result]) -> Analysis:
    """Return the item analysis of *results*, one for each learner."""
    table = _Table(results)
    items = _items(table.names, results)
    findings = [
        *_few(results),
        *_versions(results),
        *_untouched(table),
        *_broken(items),
        *_slow(table),
        *_nobody(table),
        *_everybody(table),
        *_backwards(items),
        *_twins(table),
    ]
    return Analysis(assignment, len(results), items, table.starters, tuple(findings))


class _Table:
    """The outcomes by learner: True, False, or None if a result says nothing about a check."""

    def __init__(self, results: Sequence[Result]) -> None:
        self.checks = [{(c.exercise, c.name): c for c in result.checks} for result in results]
        self.names: list[Name] = list(dict.fromkeys(name for row in self.checks for name in row))
        started = [_started(result) for result in results]
        self.rows: dict[Name, tuple[bool | None, ...]] = {
            name: tuple(
                _passed(row.get(name)) if name[0] in begun else None
                for row, begun in zip(self.checks, started, strict=True)
            )
            for name in self.names
        }
        self.starters = Counter(exercise for begun in started for exercise in begun)

    @property
    def exercises(self) -> list[str]:
        """The exercises, in the order of the checks."""
        return list(dict.fromkeys(exercise for exercise, _name in self.names))

    def known(self, name: Name) -> list[bool]:
        """Return whether each learner passed, for those with a known outcome."""
        return [passed for passed in self.rows[name] if passed is not None]


def _started(result: Result) -> set[str]:
    """Return the exercises that were started."""
    return {
        exercise.exercise
        for exercise in result.exercises
        if any(check.outcome not in _UNTOUCHED | _SILENT for check in exercise.checks)
    }


def _passed(check: CheckResult | None) -> bool | None:
    if check is None or check.outcome in _SILENT:
        return None
    return check.outcome is Outcome.PASSED


class _Tally:
    """What the results say of one check: outcomes, and each pass beside the other points."""

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.pairs: list[tuple[bool, Fraction]] = []
        self.hidden = False

    def add(self, check: CheckResult, raw_points: Fraction) -> None:
        """Count one learner's check; *raw_points* are those of all of the learner's checks."""
        self.outcomes[check.outcome] += 1
        self.hidden = check.hidden
        passed = _passed(check)
        if passed is not None:
            self.pairs.append((passed, raw_points - check.points))

    def item(self, name: Name) -> Item:
        """Return the statistics of the check *name*."""
        pairs = self.pairs
        share = sum(passed for passed, _rest in pairs) / len(pairs) if pairs else None
        return Item(*name, self.hidden, self.outcomes, share, *_correlation(pairs))


def _items(names: Sequence[Name], results: Sequence[Result]) -> tuple[Item, ...]:
    """Return the statistics of each check, from one pass over the results."""
    tallies = {name: _Tally() for name in names}
    for result in results:
        raw_points = result.raw_points
        for check in result.checks:
            tallies[check.exercise, check.name].add(check, raw_points)
    return tuple(tallies[name].item(name) for name in names)


def _correlation(pairs: Sequence[tuple[bool, Fraction]]) -> tuple[float | None, float]:
    """Return the point-biserial correlation, and the probability of one this low by chance."""
    if len({passed for passed, _rest in pairs}) < 2 or len({rest for _passed, rest in pairs}) < 2:
        return None, 1.0
    passed, rest = np.array([(float(p), float(r)) for p, r in pairs]).T
    if len(pairs) == 2:  # Two points are always on a line.
        return math.copysign(1.0, (passed[1] - passed[0]) * (rest[1] - rest[0])), 1.0
    from scipy.stats import pearsonr

    found = pearsonr(passed, rest, alternative="less")
    return float(found.statistic), float(found.pvalue)


# -- findings --------------------------------------------------------------------------------------


def _few(results: Sequence[Result]) -> Iterator[Finding]:
    if len(results) < FEW:
        text = _("There are results for only {count} learners.").format(count=len(results))
        yield Finding(
            "few learners", (), text, _("With so few learners, these figures mean little.")
        )


def _versions(results: Sequence[Result]) -> Iterator[Finding]:
    if len({tuple((c.exercise, c.name) for c in result.checks) for result in results}) > 1:
        text = _("Not everyone was graded with the same checks, so totals cannot be compared.")
        yield Finding("different checks", (), text, _("Score the whole class again."))


def _untouched(table: _Table) -> Iterator[Finding]:
    for exercise in table.exercises:
        if not table.starters[exercise] and _ran(table, exercise):
            text = _("Nobody has written {exercise}.").format(exercise=exercise)
            advice = _(
                "Was it announced? Is there enough time? Does its statement say how to begin?"
            )
            yield Finding("not started", (exercise,), text, advice)


def _ran(table: _Table, exercise: str) -> bool:
    outcomes = {c.outcome for row in table.checks for n, c in row.items() if n[0] == exercise}
    return bool(outcomes & _UNTOUCHED)


def _broken(items: Sequence[Item]) -> Iterator[Finding]:
    broken = tuple(item.label for item in items if item.outcomes[Outcome.INTERNAL])
    if broken:
        text = _(
            "These checks broke on our side for some learners, who therefore have no final "
            "grade: {checks}."
        )
        advice = _("Fix the problems that their reports describe, then score again.")
        yield Finding("broken", broken, text.format(checks=_listed(broken)), advice)


def _slow(table: _Table) -> Iterator[Finding]:
    for exercise in table.exercises:
        slow = sum(
            any(n[0] == exercise and c.outcome is Outcome.TIMED_OUT for n, c in row.items())
            for row in table.checks
        )
        if slow > 1 and slow >= _MANY * table.starters[exercise]:
            text = _("{slow} of the {count} who wrote {exercise} ran out of time.")
            text = text.format(slow=slow, count=table.starters[exercise], exercise=exercise)
            advice = _(
                "Raise its limit in course.toml, draw smaller inputs, or say in the statement "
                "what is too slow."
            )
            yield Finding("timed out", (exercise,), text, advice)


def _nobody(table: _Table) -> Iterator[Finding]:
    for name in table.names:
        known = table.known(name)
        if len(known) > 1 and not any(known):
            text = _("Nobody passes {check}; {count} tried.")
            text = text.format(check="/".join(name), count=len(known))
            advice = _(
                "Suspect the check first, then the statement, then the teaching: look at a "
                "failing case with `gradproof replay`."
            )
            yield Finding("nobody passes", ("/".join(name),), text, advice)


def _everybody(table: _Table) -> Iterator[Finding]:
    passed = [n for n in table.names if len(table.known(n)) > 1 and all(table.known(n))]
    if passed:
        labels = tuple("/".join(name) for name in passed)
        text = _("Everyone who reached these checks passes them: {checks}.")
        advice = _(
            "They do not distinguish between learners. That is fine for a first step; otherwise, "
            "make them harder or give their points to other checks."
        )
        yield Finding("everyone passes", labels, text.format(checks=_listed(labels)), advice)


def _backwards(items: Sequence[Item]) -> Iterator[Finding]:
    for item in items:
        if item.discrimination is not None and item.discrimination < 0 and item.chance < _CHANCE:
            text = _(
                "Learners who do well on the other checks fail {check} (discrimination {value})."
            )
            text = text.format(check=item.label, value=f"{item.discrimination:.2f}")
            advice = _(
                "The check may reject a correct solution: replay it on the submission of a "
                "strong learner. If that is correct, fix the check and add the solution to the "
                "accepted variants."
            )
            yield Finding("backwards", (item.label,), text, advice)


def _twins(table: _Table) -> Iterator[Finding]:
    groups: dict[tuple[bool | None, ...], list[str]] = {}
    for name in table.names:
        if len(set(table.known(name))) == 2:
            groups.setdefault(table.rows[name], []).append("/".join(name))
    for labels in groups.values():
        if len(labels) > 1:
            text = _("These checks had the same outcome for everyone: {checks}.").format(
                checks=_listed(labels)
            )
            advice = _(
                "If these checks test the same thing, keep one; otherwise, give them inputs that "
                "tell them apart."
            )
            yield Finding("alike", tuple(labels), text, advice)


def _listed(labels: Sequence[str]) -> str:
    """Return *labels*, each exercise named once."""
    names: dict[str, list[str]] = {}
    for label in labels:
        exercise, _slash, name = label.partition("/")
        names.setdefault(exercise, []).append(name)
    return listed(f"{exercise} ({listed(names[exercise])})" for exercise in names)
