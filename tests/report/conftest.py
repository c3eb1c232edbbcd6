"""Small results to report on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader import language
from grader.outcome import CheckResult, Result

from ..made_results import made_check, made_result


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


@pytest.fixture
def check() -> Callable[..., CheckResult]:
    """Return a maker of checks: ``check("softmax.test_rows", Outcome.FAILED, 2, ...)``."""
    return made_check


@pytest.fixture
def result() -> Callable[..., Result]:
    """Return a maker of results: ``result(check, check, learner="ada")``."""
    return made_result
