"""Results made by hand: the one factory for tests that need some."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from grader.adjustments import Attempt, ByHand, Cap, LateDays, Override, PartialCredit, Penalty
from grader.exercise import OtherPlace, Source
from grader.outcome import (
    CheckResult,
    Isolation,
    Outcome,
    Result,
    exercises_of,
)


def made_check(place: str, outcome: Outcome, points: Any = 1, **more: Any) -> CheckResult:
    """Return a check: ``made_check("softmax.test_rows", Outcome.FAILED, 2, ...)``."""
    exercise, name = place.split(".")
    more.setdefault("sentence", f"The sentence of {name}.")
    return CheckResult(exercise, name, outcome, Fraction(points), **more)


def made_result(*checks: CheckResult, **more: Any) -> Result:
    """Return a result: ``made_result(check, check, learner="ada")``."""
    more = {
        "learner": "ada",
        "assignment": "basics",
        "submission": "ada.py",
        "digest": "5eed",
        "framework": "numpy",
        "isolation": Isolation("bubblewrap", {"bubblewrap": True}),
        **more,
    }
    return Result(exercises=exercises_of(checks), **more)


def with_checks(result: Result, checks: Iterable[CheckResult]) -> Result:
    """Return *result* with other checks."""
    return replace(result, exercises=exercises_of(checks))


def without_seconds(result: Result) -> Result:
    """Return *result* without what a clock measured."""
    checks = (replace(check, seconds=0.0) for check in result.checks)
    return replace(with_checks(result, checks), seconds=0.0)


def without_sources(result: Result) -> Result:
    """Return *result* without where its exercises were taken from, which v2 did not say."""
    exercises = tuple(replace(one, source=None) for one in result.exercises)
    return replace(result, exercises=exercises)


def overridden(result: Result, **overrides: Override) -> Result:
    """Return *result* with points given by a person, by exercise."""
    exercises = (replace(one, override=overrides.get(one.exercise)) for one in result.exercises)
    return replace(result, exercises=tuple(exercises))


def old_report(report: bytes) -> bytes:
    """Return *report* as the version before wrote it, in the format v2."""
    new = json.loads(report)
    exercises = new.pop("exercises")
    checks = [check for exercise in exercises for check in exercise["checks"]]
    timing = {"seconds": new.pop("seconds"), "checks": [check.pop("seconds") for check in checks]}
    for part, added in [
        (new, ("late_seconds", "penalty", "late_days", "cap", "attempt", "rubric"))
    ] + [(check, ("through", "credit")) for check in checks]:
        for key in added:
            del part[key]
    old = {**new, "schema": "gradproof/report/v2", "checks": checks, "timing": timing}
    return json.dumps(old, ensure_ascii=False).encode()


# -- any result, for Hypothesis --------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
SECONDS = st.floats(min_value=0, allow_infinity=False)
POINTS = st.fractions(min_value=0, max_denominator=1_000)
_NAMES = st.sampled_from(["softmax", "dropout", "a\x1bb", "墙"])
_CREDITS = st.builds(PartialCredit, st.fractions(0, 1, max_denominator=60), TEXT)
_CHECK = st.builds(
    CheckResult,
    _NAMES,
    TEXT,
    st.sampled_from(Outcome),
    POINTS,
    TEXT,
    TEXT,
    st.lists(TEXT, max_size=3).map(tuple),
    st.booleans(),
    SECONDS,
    st.integers(0, 2**32 - 1),
)


_ATTEMPTS = st.builds(Attempt, st.integers(1, 9), st.integers(1, 9), TEXT)
_BY_HAND = st.builds(
    ByHand, TEXT, st.just(Fraction(5)), st.none() | st.integers(0, 5).map(Fraction), TEXT, TEXT
)
_STATES = st.sampled_from(["written", "script", "blank"])
_PLACES = st.builds(OtherPlace, TEXT, TEXT, _STATES, st.booleans(), st.none() | POINTS)
_SOURCES = st.builds(Source, TEXT, TEXT, _STATES, st.lists(_PLACES, max_size=2).map(tuple))


@st.composite
def any_checks(draw: st.DrawFn) -> CheckResult:
    """Return a check, with a partial credit and another exercise where they may be."""
    check = draw(_CHECK)
    through = draw(TEXT) if check.outcome is Outcome.PASSED else ""
    may_share = bool(through) or check.outcome not in (
        Outcome.PASSED,
        Outcome.SKIPPED,
        Outcome.INTERNAL,
    )
    credit = draw(st.none() | _CREDITS) if may_share else None
    return replace(check, through=through, credit=credit)


@st.composite
def any_results(draw: st.DrawFn) -> Result:
    """Return a result with or without overrides, lateness and a penalty."""
    layers = draw(st.dictionaries(st.sampled_from(["landlock", "seccomp", "墙"]), st.booleans()))
    result = made_result(
        *draw(st.lists(any_checks(), max_size=4)),
        learner=draw(TEXT),
        submission=draw(TEXT),
        isolation=Isolation(draw(TEXT), layers, draw(TEXT)),
        notes=tuple(draw(st.lists(TEXT, max_size=2))),
        seconds=draw(SECONDS),
        late_seconds=draw(st.integers(0, 10**6)),
        penalty=draw(st.none() | st.builds(Penalty, POINTS, TEXT)),
        late_days=draw(st.none() | st.builds(LateDays, st.integers(0, 9), st.integers(0, 9))),
        cap=draw(st.none() | st.builds(Cap, POINTS, TEXT)),
        attempt=draw(st.none() | _ATTEMPTS),
        rubric=tuple(draw(st.lists(_BY_HAND, max_size=2))),
    )
    override = st.none() | st.builds(Override, POINTS, TEXT, TEXT)
    counts = st.sampled_from(["yes", "bonus", "optional"])
    exercises = tuple(
        replace(one, source=draw(st.none() | _SOURCES), counts=draw(counts))
        for one in result.exercises
    )
    result = replace(result, exercises=exercises)
    return overridden(result, **{one.exercise: draw(override) for one in result.exercises})
