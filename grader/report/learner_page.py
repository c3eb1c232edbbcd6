"""One learner's work on a page: for those who must explain it, and for the learner.

Staff see the inputs and values of hidden checks, and earlier versions; learners see neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from rich.console import Group, RenderableType
from rich.text import Text as Styled

from grader.exercise import Text
from grader.language import REMARKS, _, current, listed
from grader.outcome import CheckResult, ExerciseResult, Outcome, Result

from .evidence import Evidence
from .evidence_text import facts
from .line_wrapping import Lines, indented
from .outcome_text import MARKS, outcome_word
from .points_text import decimal_text
from .remarks import check_remarks, exercise_remarks, result_remarks
from .safe_text import clean
from .terminal import by_hand_view

#: a line of code that a message names
_LINE = re.compile(r"(?:\bline |第)(\d+)")


@dataclass(frozen=True, slots=True)
class Code:
    """A learner's definition of an exercise.

    Attributes:
        place: its file or cell.

        first: the number of its first line there.
    """

    place: str
    first: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What an earlier version became in the next one, as a unified diff."""

    version: str
    collected: datetime
    diff: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """What an exercise asks for.

    Attributes:
        text: Markdown.

        place: its file in the course and its first line; the reference follows it there.
    """

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class ShownExercise:
    """An exercise: its result, its code, and how the code came about, the latest change first.

    Attributes:
        used: what else of the learner's its code needs.

        stated: for staff; learners have it in their kit.
    """

    result: ExerciseResult
    title: Text | None
    code: Code | None
    changes: tuple[Change, ...] = ()
    used: tuple[Code, ...] = ()
    stated: Stated | None = None

    @property
    def heading(self) -> str:
        """Its name, title and points."""
        text = _("{name}: {points} / {max_points} points")
        name = self.result.exercise
        if self.title is not None:
            name = f"{name} ({self.title.get(current())})"
        points = decimal_text(self.result.points), decimal_text(self.result.max_points)
        return text.format(name=name, points=points[0], max_points=points[1])

    def numbered(self, code: Code) -> list[tuple[int, str, bool]]:
        """Return the lines of *code* with their numbers, and whether a message names them."""
        named = {int(n) for check in self.result.checks for n in _LINE.findall(check.message)}
        lines = enumerate(code.lines, code.first)
        return [(number, clean(line), number in named) for number, line in lines]


@dataclass(frozen=True, slots=True)
class LearnerPage:
    """The work of one learner.

    Attributes:
        version: the name of the submission that was graded.

        collected: when it was collected, UTC.

        evidence: by exercise and check, the first wrong call.

        titles: those of exercises and of the rubric, by name.

        for_staff: whether it may be shown to staff only.
    """

    report: Result
    title: Text
    version: str
    collected: datetime
    exercises: tuple[ShownExercise, ...]
    evidence: Mapping[tuple[str, str], Evidence]
    titles: Mapping[str, Text]
    for_staff: bool = True

    @property
    def heading(self) -> str:
        """The learner, the assignment and the score."""
        text = _("{learner}, {title}: {points} / {max_points} points")
        return text.format(
            learner=clean(self.report.learner),
            title=self.title.get(current()),
            points=decimal_text(self.report.score),
            max_points=decimal_text(self.report.max_score),
        )

    def case(self, check: CheckResult) -> Evidence | None:
        """Return the first wrong call of *check*; None if it is blocked and another shows one."""
        every = [one for one in self.report.checks if one.exercise == check.exercise]
        failed = [one for one in every if one.outcome is Outcome.FAILED]
        shown = any((one.exercise, one.name) in self.evidence for one in failed)
        if check.outcome is Outcome.BLOCKED and shown:
            return None
        return self.evidence.get((check.exercise, check.name))

    @property
    def origin(self) -> str:
        """Which submission was graded."""
        return _named(self.version, self.collected)


def for_learner(page: LearnerPage) -> LearnerPage:
    """Return what the learner may see of *page*: nothing of what hidden checks call."""
    hidden = {(check.exercise, check.name) for check in page.report.checks if check.hidden}
    evidence = {name: one for name, one in page.evidence.items() if name not in hidden}
    shown = tuple(replace(one, changes=(), stated=None) for one in page.exercises)
    return replace(page, exercises=shown, evidence=evidence, for_staff=False)


def _named(version: str, collected: datetime) -> str:
    text = _("{version}, collected {when}")
    return text.format(version=clean(version), when=f"{collected:%Y-%m-%d %H:%M} UTC")


def learner_view(page: LearnerPage) -> RenderableType:
    """Return *page* for the terminal."""
    parts: list[RenderableType] = [
        Lines(Styled(page.heading, "bold")),
        Lines(Styled(page.origin, "dim")),
    ]
    parts += [Lines(Styled(clean(note), "yellow")) for note in page.report.notes]
    for shown in page.exercises:
        parts += [Styled(), *_exercise(shown, page)]
    parts += [Styled(), *by_hand_view(page.report)] if page.report.rubric else []
    parts += [Lines(Styled(remark, "yellow")) for remark in result_remarks(page.report)]
    return Group(*parts)


def _exercise(shown: ShownExercise, page: LearnerPage) -> Iterator[RenderableType]:
    yield Lines(Styled(shown.heading, "bold"))
    if shown.stated is not None:
        text = _("Statement and reference: {place}").format(place=clean(shown.stated.place))
        yield indented(Styled(text, "dim"))
    yield from (indented(Styled(remark, "yellow")) for remark in exercise_remarks(shown.result))
    place = ""
    for code in ([shown.code] if shown.code else []) + [*shown.used]:
        if code.place != place:
            yield Lines(Styled(f"  {clean(code.place)}", "dim"))
        place = code.place
        for number, line, is_named in shown.numbered(code):
            yield Lines(Styled(line), Styled(f"{'▸' if is_named else ' '}{number:5}  ", "dim"))
    if why := unwritten(shown.result):
        yield indented(Styled(clean(why)))
        return
    told: set[str] = set()
    for check in shown.result.checks:
        sign, style = MARKS[check.outcome]
        yield Lines(Styled(sentence(check)), Styled(f"  {sign} ", style))
        yield from (indented(Styled(remark, "yellow")) for remark in check_remarks(check))
        if check.outcome is not Outcome.PASSED:
            yield from _failure(check, page.case(check), told)
    for change in shown.changes:
        yield Lines(Styled(changed(change), "dim"))
        yield from (
            indented(Styled(clean(line), _COLOURS.get(line[:1], ""))) for line in change.diff
        )


def unwritten(exercise: ExerciseResult) -> str:
    """Return why nothing of *exercise* could be judged; empty if something was."""
    silent = all(check.outcome is Outcome.NOT_IMPLEMENTED for check in exercise.checks)
    return exercise.checks[0].message if silent else ""


_COLOURS = {"-": "red", "+": "green", "@": "dim"}


def as_above() -> str:
    """Return what stands for a reason that was told of another check."""
    return _("The reason is as above.")


def sentence(check: CheckResult) -> str:
    """Return a check's sentence with its points, how it ended, and whether it is hidden."""
    said = [outcome_word(check.outcome)] if check.outcome is not Outcome.PASSED else []
    said += [_("hidden")] if check.hidden else []
    points = f"{decimal_text(check.points)} / {decimal_text(check.max_points)}"
    return f"{check.sentence}  ({listed([points, *said], REMARKS)})"


def _failure(
    check: CheckResult, evidence: Evidence | None, told: set[str]
) -> Iterator[RenderableType]:
    """Yield what went wrong; a message that was *told* already is only mentioned."""
    if check.message in told:
        yield indented(Styled(as_above(), "dim"))
    elif check.message:
        yield indented(Styled(clean(check.message)))
        told.add(check.message)
    for fact in facts(evidence, check.message) if evidence else ():
        yield indented(Styled(clean(fact)))
    for hint in check.hints:
        yield indented(Styled(_("Hint: {hint}").format(hint=clean(hint)), "cyan"))


def changed(change: Change) -> str:
    """Return the heading of a change."""
    text = _("Changed after {version}:")
    return text.format(version=_named(change.version, change.collected))
