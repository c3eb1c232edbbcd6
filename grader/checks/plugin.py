r"""The pytest plugin: turns collected test functions into checks, and runs them.

With plain pytest, an author can run the checks of an assignment on one file, for example in a
debugger::

    python -m pytest -p grader.checks.plugin autograder_tests/softmax_regression \
        --submission mine.py --reference solutions/softmax_regression/softmax_regression.py
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from fractions import Fraction
from pathlib import Path
from typing import Literal

import pytest

from grader.errors import AuthoringError
from grader.exercise import HIDDEN_CHECKS, PUBLIC_CHECKS, Text
from grader.sandbox.proxy import ModuleProxy

from .check_context import CheckContext, running
from .draws import Draw, seed_for
from .sentences import sentence_in

_Phase = Literal["setup", "call", "teardown"]


@dataclass(frozen=True, slots=True)
class Check:
    """One collected check.

    Attributes:
        plain: whether it can be called directly.
    """

    exercise: str
    name: str
    points: Fraction
    sentence: Text
    needs: tuple[str, ...]
    says: frozenset[str]
    hidden: bool
    path: Path
    line: int
    item: pytest.Function = field(compare=False, repr=False)
    plain: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Fixtures:
    """The fixtures that a check can request."""

    student: ModuleProxy
    reference: ModuleProxy
    draw: Draw


_current: ContextVar[Fixtures | None] = ContextVar("current_fixtures", default=None)


@contextmanager
def _offered(fixtures: Fixtures) -> Iterator[None]:
    """Make *fixtures* available to pytest within the ``with``."""
    token = _current.set(fixtures)
    try:
        yield
    finally:
        _current.reset(token)


class FixturePlugin:
    """The fixtures of checks for tests that pytest itself calls."""

    def _fixtures(self) -> Fixtures:
        fixtures = _current.get()
        if fixtures is None:
            raise AuthoringError("checks run through gradproof, or with --submission")
        return fixtures

    @pytest.fixture
    def student(self) -> ModuleProxy:
        """The learner's module."""
        return self._fixtures().student

    @pytest.fixture
    def reference(self) -> ModuleProxy:
        """The reference, computing in float64."""
        return self._fixtures().reference

    @pytest.fixture
    def draw(self) -> Draw:
        """Random inputs, the same for everyone."""
        return self._fixtures().draw


def describe_check(item: pytest.Function) -> Check:
    """Return the check for a collected function.

    Raises:
        AuthoringError: it has no points, no sentence, or its file has the wrong name.
    """
    path = Path(item.path)
    line = item.function.__code__.co_firstlineno
    if path.name not in (PUBLIC_CHECKS, HIDDEN_CHECKS):
        what = f"checks live in <exercise>/{PUBLIC_CHECKS} and <exercise>/{HIDDEN_CHECKS}"
        raise AuthoringError(what, path)
    marks = item.function.__dict__
    if "gradproof_points" not in marks:
        raise AuthoringError(f"{item.name} has no points: put @points(…) above it", path, line)
    sentence = sentence_in(inspect.getdoc(item.function) or "")
    if not sentence.en or not sentence.zh:
        what = f"{item.name} needs a docstring: an English sentence, then 'zh:' and a Chinese one"
        raise AuthoringError(what, path, line)
    return Check(
        path.parent.name,
        item.name,
        marks["gradproof_points"],
        sentence,
        tuple(marks.get("gradproof_needs", ())),
        marks.get("gradproof_says", frozenset()),
        path.name == HIDDEN_CHECKS,
        path,
        line,
        item,
        _is_plain(item),
    )


def run_check(check: Check, fixtures: Fixtures, context: CheckContext) -> BaseException | None:
    """Run *check*; return what it raised, if anything.

    KeyboardInterrupt and pytest's own Exit go through.

    Args:
        context: settings for its assertions, and their notes.
    """
    with running(context):
        if check.plain:
            given = {name: getattr(fixtures, name) for name in check.item.fixturenames}
            info = _called(lambda: check.item.obj(**given), "call")
            return info.excinfo.value if info.excinfo is not None else None
        with _offered(fixtures):
            return run_item(check.item, None)


def _is_plain(item: pytest.Function) -> bool:
    """Whether a check requests only our own fixtures, like most checks.

    It then does not need pytest's own protocol, which takes as long as a short check.
    """
    ours = {field.name for field in fields(Fixtures)}
    asked = ours.issuperset(item.fixturenames) and not hasattr(item, "callspec")
    marked = next(item.iter_markers(), None) is not None
    return asked and not marked and not inspect.iscoroutinefunction(item.obj)


def run_item(item: pytest.Function, following: pytest.Item | None) -> BaseException | None:
    """Run one collected check with fresh fixtures; return what it raised, if anything.

    KeyboardInterrupt and pytest's own Exit go through.
    """
    item._initrequest()
    hook = item.ihook
    raised = _phase(item, "setup", lambda: hook.pytest_runtest_setup(item=item))
    if raised is None:
        raised = _phase(item, "call", lambda: hook.pytest_runtest_call(item=item))
    after = _phase(
        item, "teardown", lambda: hook.pytest_runtest_teardown(item=item, nextitem=following)
    )
    item._request = False  # type: ignore[assignment]  # as pytest's own protocol leaves it
    item.funcargs = None  # type: ignore[assignment]
    return after if raised is None else raised


def _phase(item: pytest.Function, when: _Phase, call: Callable[[], object]) -> BaseException | None:
    """Run one phase of pytest's protocol; return what it raised, if anything."""
    info = _called(call, when)
    # pytest's own fixtures, such as tmp_path, look up how their check ended.
    item.ihook.pytest_runtest_makereport(item=item, call=info)
    return info.excinfo.value if info.excinfo is not None else None


def _called(call: Callable[[], object], when: _Phase) -> pytest.CallInfo[object]:
    through = (KeyboardInterrupt, pytest.exit.Exception)
    return pytest.CallInfo.from_call(call, when=when, reraise=through)


def collect_checks(items: Sequence[pytest.Item]) -> list[Check]:
    """Return the checks among collected *items*; raises AuthoringError."""
    checks = [describe_check(item) for item in items if isinstance(item, pytest.Function)]
    seen: dict[tuple[str, str], Check] = {}
    for check in checks:
        known = seen.setdefault((check.exercise, check.name), check)
        if known is not check:
            what = f"{check.exercise} has a second check called {check.name}"
            raise AuthoringError(what, check.path, check.line)
    for check in checks:
        for name in check.needs:
            if (check.exercise, name) not in seen:
                raise AuthoringError(f"needs {name}, which is no check", check.path, check.line)
    return checks


# -- plain pytest ----------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer --submission and --reference under plain pytest."""
    group = parser.getgroup("gradproof")
    group.addoption("--submission", type=Path, help="the file to check")
    group.addoption("--reference", type=Path, help="the reference to compare it with")
    group.addoption("--framework", default="numpy", help="framework of both")


def pytest_configure(config: pytest.Config) -> None:
    """Register the fixtures when --submission is given."""
    if config.getoption("--submission", None):
        # All exercises have files of the same names, which pytest's default import mode refuses.
        config.option.importmode = "importlib"
        config.pluginmanager.register(_PlainRun(config), "gradproof-plain")


class _PlainRun(FixturePlugin):
    """Runs checks under plain pytest: the submission is imported into this process."""

    def __init__(self, config: pytest.Config) -> None:
        from grader.sandbox.reference import load_reference

        self._framework: str = config.getoption("--framework")
        self._mine: Path = config.getoption("--submission")
        reference: Path = config.getoption("--reference")
        self._reference = load_reference(reference, self._framework)
        self._student = load_reference(self._mine, self._framework).as_student(self._framework)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Run the next check with its own fixtures and context."""
        from grader.worker.adapters import FLOAT_DTYPES

        dtype = FLOAT_DTYPES[self._framework]
        draw = Draw(seed_for(item.name), dtype)
        fixtures = Fixtures(ModuleProxy(self._student), ModuleProxy(self._reference), draw)
        with running(CheckContext(draw, fixtures.student.trace)), _offered(fixtures):
            return (yield)
