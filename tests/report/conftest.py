"""Small results to report on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest

from grader import language
from grader.outcome import CheckResult, Isolation, Outcome, Result


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


@pytest.fixture
def check() -> Callable[..., CheckResult]:
    """Return a maker of checks: ``check("softmax.test_rows", Outcome.FAILED, 2, ...)``."""

    def make(place: str, outcome: Outcome, points: Any = 1, **more: Any) -> CheckResult:
        exercise, name = place.split(".")
        more.setdefault("sentence", f"The sentence of {name}.")
        return CheckResult(exercise, name, outcome, Fraction(points), **more)

    return make


@pytest.fixture
def result() -> Callable[..., Result]:
    """Return a maker of results: ``result(check, check, learner="ada")``."""

    def make(*checks: CheckResult, **more: Any) -> Result:
        more = {
            "learner": "ada",
            "assignment": "basics",
            "submission": "ada.py",
            "digest": "5eed",
            "framework": "numpy",
            "isolation": Isolation("bubblewrap", (("bubblewrap", True),)),
            **more,
        }
        return Result(checks=checks, **more)

    return make
