"""The sum that a score is, term by term, so that everybody can check it."""

from __future__ import annotations

from fractions import Fraction

from grader.language import _
from grader.outcome import Result

from .points_text import decimal_text


def terms(result: Result) -> dict[str, Fraction]:
    """Return the terms whose sum is the score, in order, by name; what takes points is negative.

    ``checks`` and ``bonus`` are what checks earned, ``overrides`` what a person changed about that,
    ``by_hand`` what one gave for the rubric, ``penalty`` and ``over_cap`` what does not count.
    """
    earned = {"yes": Fraction(0), "bonus": Fraction(0), "optional": Fraction(0)}
    changed = Fraction(0)
    for one in result.exercises:
        earned[one.counts] += one.raw_points
        if one.counts != "optional":
            changed += one.points - one.raw_points
    return {
        "checks": earned["yes"],
        "bonus": earned["bonus"],
        "overrides": changed,
        "by_hand": sum((line.points or Fraction(0) for line in result.rubric), Fraction(0)),
        "penalty": result.after_penalty - result.points,
        "over_cap": result.score - result.after_penalty,
    }


def sum_sentence(result: Result) -> str:
    """Return the sum in a sentence; empty if it has only one term."""
    phrases = {
        "checks": _("{points} by the checks"),
        "bonus": _("{points} bonus"),
        "overrides": _("{points} by overrides"),
        "by_hand": _("{points} by hand"),
        "penalty": _("{points} for lateness"),
        "over_cap": _("{points} above the cap"),
    }
    found = terms(result)
    shown = ""
    for name, points in found.items():
        if not points and name != "checks":
            continue
        phrase = phrases[name].format(points=decimal_text(abs(points)))
        sign = "−" if points < 0 else "+"
        shown = f"{shown} {sign} {phrase}" if shown else phrase
    if not any(points for name, points in found.items() if name != "checks"):
        return ""
    return _("The sum: {terms} = {score}.").format(terms=shown, score=decimal_text(result.score))
