"""What is alike in a class, for the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.language import _, listed

from .line_wrapping import Lines, indented
from .safe_text import clean, one_line
from .similarity import AlikeExercise, Baseline, Pair, SameAnswers, Similarity

SCHEMA = "gradproof/similarity/v1"

#: pairs that are listed in a terminal
_MOST_PAIRS = 30


def similarity_view(found: Similarity) -> RenderableType:
    """Return the pairs, the unusual wrong answers, and how alike strangers are."""
    title = _("{assignment}: {count} learners compared")
    head = title.format(assignment=found.assignment, count=found.learners)
    parts: list[RenderableType] = [Lines(Text(head, "bold"))]
    for pair in found.pairs[:_MOST_PAIRS]:
        parts += _pair(pair)
    if more := len(found.pairs) - _MOST_PAIRS:
        text = _("{count} more pairs: see the page (--to) or --json.")
        parts += [Lines(Text(text.format(count=more), "dim"))] if more > 0 else []
    if not found.pairs:
        parts.append(Lines(Text(_("No two are alike in more than strangers are."), "green")))
    if found.answers is None:
        parts.append(Lines(Text(_not_compared(), "dim")))
    elif found.answers:
        parts.append(Lines(Text(_("The same unusual wrong answers"), "bold")))
        parts += [part for one in found.answers for part in _answers(one)]
    if any(one.median is not None for one in found.baselines):
        parts += [Text(_("How alike any two learners are"), "bold"), _baselines(found.baselines)]
    parts.append(Lines(Text(caution(), "yellow"), Text("")))
    return Group(*parts)


def caution() -> str:
    """Return what must be said of every finding."""
    return _(
        "This is evidence for a person who looks at the code and asks, and never a verdict: "
        "people who learn together, from the same page, or with the same assistant write alike."
    )


def percent(share: float) -> str:
    """Return a share as a whole percentage."""
    return f"{100 * share:.0f} %"


def rare_text(share: float) -> str:
    """Return how many other pairs are as much alike, in words."""
    if not share:
        return _("no other pair that was looked at is as much alike")
    return _("{percent} of other pairs are as much alike").format(percent=f"{100 * share:.2g} %")


def answers_text(one: SameAnswers) -> str:
    """Return how many gave the same wrong answers."""
    text = _("{count} of {wrote} who wrote it gave these")
    return text.format(count=len(one.learners), wrote=one.wrote)


def _not_compared() -> str:
    return _("Wrong answers were not compared: nothing is scored, or they were left out.")


def _pair(pair: Pair) -> Iterator[RenderableType]:
    text = _("{left} and {right}")
    left, right = map(one_line, pair.learners)
    line = Text(text.format(left=left, right=right), "bold")
    line.append("  " + _("{count} rare symbols").format(count=f"{pair.symbols:.0f}"), "dim")
    yield Lines(line)
    for one in pair.exercises:
        yield indented(Text(_exercise(one)))
    for same in pair.answers:
        yield indented(Text(f"{same.exercise}: {answers_text(same)}", "yellow"))


def _exercise(one: AlikeExercise) -> str:
    text = _("{exercise}: {percent} the same; {rare}")
    said = {"percent": percent(one.share), "rare": rare_text(one.strangers)}
    return text.format(exercise=clean(one.exercise), **said)


def _answers(one: SameAnswers) -> Iterator[RenderableType]:
    who = listed(map(one_line, one.learners))
    yield Lines(Text(f"{clean(one.exercise)}: {who}"))
    yield indented(Text(answers_text(one), "dim"))
    yield indented(Text(clean(one.told)))


def _baselines(baselines: tuple[Baseline, ...]) -> Table:
    table = Table(header_style="bold")
    table.add_column(_("exercise"), overflow="fold")
    table.add_column(_("wrote it"), justify="right")
    table.add_column(_("own symbols"), justify="right")
    table.add_column(_("half of all pairs"), justify="right")
    table.add_column(_("one pair in a hundred"), justify="right")
    for one in baselines:
        shares = ["–" if share is None else percent(share) for share in (one.median, one.high)]
        table.add_row(clean(one.exercise), str(one.learners), f"{one.own:.0f}", *shares)
    return table


def similarity_payload(found: Similarity) -> dict[str, Any]:
    """Return the same data as values that ``json`` can write."""
    return {
        "schema": SCHEMA,
        "assignment": found.assignment,
        "learners": found.learners,
        "floor": found.floor,
        "share": found.share,
        "pairs": [
            {
                "learners": list(pair.learners),
                "symbols": round(pair.symbols, 1),
                "exercises": [
                    {
                        "exercise": one.exercise,
                        "share": round(one.share, 4),
                        "symbols": round(one.symbols, 1),
                        "strangers": round(one.strangers, 6),
                        "lines": [
                            [line.number for line in side.lines if line.mark] for side in one.sides
                        ],
                    }
                    for one in pair.exercises
                ],
                "answers": list(map(_as_value, pair.answers)),
            }
            for pair in found.pairs
        ],
        "answers": None if found.answers is None else list(map(_as_value, found.answers)),
        "baselines": [
            {
                "exercise": one.exercise,
                "learners": one.learners,
                "own_symbols": round(one.own, 1),
                "median_share": None if one.median is None else round(one.median, 4),
                "share_of_1_percent": None if one.high is None else round(one.high, 4),
            }
            for one in found.baselines
        ],
        "not_compared": [{"learner": who, "why": why} for who, why in found.unread],
    }


def _as_value(one: SameAnswers) -> dict[str, Any]:
    return {
        "exercise": one.exercise,
        "learners": list(one.learners),
        "wrote": one.wrote,
        "checks": list(one.checks),
        "told": one.told,
    }
