"""What an instructor wants to know of a class, each figure with the learners behind it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import mean, median

from grader.exercise import Text
from grader.language import _, current
from grader.outcome import ExerciseResult, Outcome, Result

from .item_statistics import Analysis, Item
from .mistakes_made import MistakeMade
from .remarks import by_hand_remark

#: the widths that a bar of the submissions over time may have
_WIDTHS = [timedelta(hours=hours) for hours in (1, 3, 6, 12, 24, 7 * 24)]
_MOST_BARS = 40
_NOT_FAILED = (Outcome.PASSED, Outcome.SKIPPED, Outcome.INTERNAL)
#: of the distribution, beside the last one, which is for all points
_BINS = 10


@dataclass(frozen=True, slots=True)
class Member:
    """A learner with a report.

    Attributes:
        submitted: when the platform says, or else when it was collected.

        by_platform: whether the platform has said.

        waits_for: why a person must look at it; empty if nobody must.

        page: the address of the learner's own page; empty if there is none.
    """

    result: Result
    name: str = ""
    section: str = ""
    submitted: datetime | None = None
    by_platform: bool = False
    waits_for: tuple[str, ...] = ()
    page: str = ""

    @property
    def learner(self) -> str:
        """The learner's identifier."""
        return self.result.learner


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the class, with the words for it."""

    label: str
    learners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExerciseFigures:
    """The points of one exercise over the class.

    Attributes:
        mean, median: of the points; None if nobody's exercise counts.

        parts: who has all of its points, some, none, and who has not written it.
    """

    name: str
    title: Text
    max_points: Fraction
    mean: float | None
    median: float | None
    parts: tuple[Part, Part, Part, Part]


@dataclass(frozen=True, slots=True)
class CheckFigures:
    """A check with its statistics.

    Attributes:
        share: the share of those who passed it, of those who wrote the exercise; None if nobody.

        failed: who wrote the exercise and did not pass it.
    """

    item: Item
    sentence: str
    share: float | None
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """A class and one assignment.

    Attributes:
        members: in natural order.

        missing: who is in the roster and has no report, with their names.

        unread: learners whose report cannot be read.

        sentences: those of checks, by what they are in either language.

        due: when it is due, if it has a date.
    """

    assignment: str
    title: Text
    exercises: tuple[tuple[str, Text], ...]
    members: tuple[Member, ...]
    missing: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    analysis: Analysis
    mistakes: tuple[MistakeMade, ...]
    sentences: Mapping[str, Text] = field(default_factory=dict)
    due: datetime | None = None

    @property
    def shares(self) -> list[float]:
        """The share of the available points that each member has."""
        return [_share(member.result) for member in self.members]

    @property
    def mean(self) -> float:
        """The mean share of points."""
        return mean(self.shares)

    @property
    def median(self) -> float:
        """The median share of points."""
        return median(self.shares)

    @property
    def late(self) -> tuple[str, ...]:
        """Who handed in late."""
        return tuple(one.learner for one in self.members if one.result.late_seconds)

    @property
    def waiting(self) -> tuple[Member, ...]:
        """Whose work a person must look at."""
        return tuple(one for one in self.members if one.waits_for)


def _share(result: Result) -> float:
    return float(result.score / result.max_score) if result.max_score else 0.0


def distribution(figures: ClassFigures) -> list[Part]:
    """Return who has which share of the points, in tenths, and who has all of them."""
    bins: list[list[str]] = [[] for _number in range(_BINS + 1)]
    for member in figures.members:
        place = math.floor(_share(member.result) * _BINS + 1e-9)
        bins[max(0, min(place, _BINS))].append(member.learner)
    text = _("{low}–{high} %")
    edges = [100 * n // _BINS for n in range(_BINS + 1)]
    labels = [text.format(low=low, high=high) for low, high in pairwise(edges)]
    return [Part(label, tuple(who)) for label, who in zip([*labels, "100 %"], bins, strict=True)]


def by_exercise(figures: ClassFigures) -> list[ExerciseFigures]:
    """Return the figures of every exercise that somebody's report has."""
    return [found for name, title in figures.exercises if (found := _of(figures, name, title))]


def _of(figures: ClassFigures, name: str, title: Text) -> ExerciseFigures | None:
    parts: list[list[str]] = [[], [], [], []]
    points: list[Fraction] = []
    offered = Fraction(0)
    for member in figures.members:
        for one in member.result.exercises:
            if one.exercise == name and one.counted:
                points.append(one.points)
                offered = max(offered, one.max_points)
                parts[_kind(one)].append(member.learner)
    if not points:
        return None
    labels = _("all points"), _("some points"), _("no points"), _("not written")
    told = tuple(Part(label, tuple(who)) for label, who in zip(labels, parts, strict=True))
    middle = float(mean(points)), float(median(points))
    return ExerciseFigures(name, title, offered, *middle, told)  # type: ignore[arg-type]  # four


def _kind(exercise: ExerciseResult) -> int:
    if exercise.points >= exercise.max_points:
        return 0
    if exercise.points:
        return 1
    return 3 if exercise.outcome is Outcome.NOT_IMPLEMENTED else 2


def checks(figures: ClassFigures) -> list[CheckFigures]:
    """Return every check, the hardest first: the one that the fewest of those passed who wrote it.

    Who has not written an exercise says nothing about its checks.
    """
    failed: dict[tuple[str, str], list[str]] = {}
    passed: Counter[tuple[str, str]] = Counter()
    said: dict[tuple[str, str], str] = {}
    for member in figures.members:
        for exercise in member.result.exercises:
            is_written = exercise.outcome is not Outcome.NOT_IMPLEMENTED
            for check in exercise.checks:
                name = check.exercise, check.name
                said[name] = titled(check.sentence, figures.sentences)
                passed[name] += check.outcome is Outcome.PASSED
                if is_written and check.outcome not in _NOT_FAILED:
                    failed.setdefault(name, []).append(member.learner)
    found = []
    for item in figures.analysis.items:
        name = item.exercise, item.name
        who = tuple(failed.get(name, ()))
        tried = passed[name] + len(who)
        share = passed[name] / tried if tried else None
        found.append(CheckFigures(item, said[name], share, who))
    return sorted(found, key=lambda one: (one.share is None, one.share or 0.0))


def over_time(figures: ClassFigures) -> list[Part]:
    """Return who handed in when, in steps of an hour up to a week, from the first to the last."""
    known = [(one.submitted, one.learner) for one in figures.members if one.submitted]
    if not known:
        return []
    first, last = min(known)[0], max(known)[0]
    width = next((w for w in _WIDTHS if (last - first) / w < _MOST_BARS - 1), None)
    width = width or (last - first) / (_MOST_BARS - 1)
    start = _rounded(first, width)
    bars: list[list[str]] = [[] for _number in range(int((last - start) / width) + 1)]
    for when, learner in known:
        bars[int((when - start) / width)].append(learner)
    shape = "%Y-%m-%d" if width >= timedelta(days=1) else "%Y-%m-%d %H:%M"
    labels = (f"{start + n * width:{shape}}" for n in range(len(bars)))
    return [Part(label, tuple(who)) for label, who in zip(labels, bars, strict=True)]


def _rounded(when: datetime, width: timedelta) -> datetime:
    """Return the last time before *when* at which a bar of this width may begin."""
    midnight = when.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + ((when - midnight) // width) * width


def reasons_to_look(result: Result) -> Iterator[str]:
    """Yield why a person must look at a result."""
    if not result.final:
        yield _("no final grade: a check broke on our side, or none ran")
    if result.notes and {check.message for check in result.checks} == {result.notes[0]}:
        yield _("the submission cannot be read")
    for line in result.rubric:
        if line.points is None or line.earlier:
            yield _("{line}: {sentence}").format(line=line.line, sentence=by_hand_remark(line))
    for one in result.exercises:
        others = one.source.others if one.source else ()
        if any(other.points not in (None, one.raw_points) for other in others):
            text = _("{exercise}: another definition would earn other points")
            yield text.format(exercise=one.exercise)
    for line in result.rubric:
        if line.points is None:
            yield _("{line}: points by hand are missing").format(line=line.line)
        elif line.earlier:
            text = _("{line}: the work has changed since points were given by hand")
            yield text.format(line=line.line)


def titled(name: str, texts: Mapping[str, Text]) -> str:
    """Return the text that is known by *name* in the language of the run; else the name."""
    return texts[name].get(current()) if name in texts else name
