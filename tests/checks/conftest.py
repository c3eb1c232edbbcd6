"""A student and a reference behind plain calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader import language
from grader.checks.check_context import CheckContext, running
from grader.checks.draws import Draw
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.reference import load_reference_text


@pytest.fixture(autouse=True)
def english_float64() -> Iterator[None]:
    """Speak English and judge as computed in float64, whatever a test before did."""
    language.use("en")
    with running(CheckContext(Draw(0))):
        yield
    language.use("en")


@pytest.fixture
def reference() -> Callable[[str], ModuleProxy]:
    """Return a maker of references from their text."""

    def make(text: str) -> ModuleProxy:
        return ModuleProxy(load_reference_text(text, Path("reference.py"), "numpy"))

    return make


@pytest.fixture
def student() -> Callable[[str], ModuleProxy]:
    """Return a maker of submissions from their text."""

    def make(text: str) -> ModuleProxy:
        channel = load_reference_text(text, Path("mine.py"), "numpy").as_student("numpy")
        return ModuleProxy(channel)

    return make
