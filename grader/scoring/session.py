"""Collects checks with pytest once, to run them for one submission after another.

pytest's own loop runs each check once and ends the session. Here the session is a context: what
pytest has set up (fixtures of authors, temporary folders, capturing) stays until it is closed, and
meanwhile the collected checks run as often as there are submissions, each time with fixtures set
up anew, in memory that does not grow with the class.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import pytest

# pytest offers no other way to open a session and close it later; pytest-xdist does the same.
from _pytest.config import _prepareconfig

from grader.checks.plugin import Check, FixturePlugin, collect_checks
from grader.errors import AuthoringError, InternalError
from grader.exercise import Assignment
from grader.sandbox.reference import ReferenceChannel, ReplayChannel

from .check_runner import CheckRunner
from .plan import Plan
from .pytest_environment import own_environment, own_modules

#: pytest's own plugins that grading does not need, or that affect more than the session
_UNUSED = ["terminal", "cacheprovider", "logging", "faulthandler", "unraisableexception"]
_UNUSED += ["threadexception", "warnings", "doctest", "junitxml", "stepwise", "pastebin"]
_UNUSED += ["debugging"]


@contextmanager
def collected_checks(
    plan: Plan, reference: ReferenceChannel | ReplayChannel
) -> Iterator[CheckRunner]:
    """Collect the checks of *plan*, and yield their runner, which is valid within the ``with``.

    Raises:
        AuthoringError: the checks cannot be collected, or there are none.
    """
    missing = [path for path in plan.check_files if not path.is_file()]
    if missing or not plan.check_files:
        raise AuthoringError("there are no checks here", missing[0] if missing else plan.root)
    problems = _ProblemNotes()
    with ExitStack() as stack:
        with own_environment(), own_modules(plan.check_files, plan.root):
            session = stack.enter_context(_open_session(plan, [FixturePlugin(), problems]))
            _collect(session, problems)
        checks = collect_checks(session.items)
        _refuse_empty_files(plan, checks)
        yield CheckRunner(plan, _in_order(checks, plan.assignment), reference)


@contextmanager
def _open_session(plan: Plan, plugins: Sequence[object]) -> Iterator[pytest.Session]:
    """Yield a pytest session that is ready to collect, and close it afterwards."""
    arguments = ["-c", os.devnull, "--rootdir", str(plan.root), "--import-mode=importlib"]
    arguments += ["--noconftest", "-s", *map(str, plan.check_files)]
    for name in _UNUSED:
        arguments += ["-p", f"no:{name}"]
    config = _prepareconfig(arguments, plugins)
    try:
        session = pytest.Session.from_config(config)
        config._do_configure()
        config.hook.pytest_sessionstart(session=session)
        try:
            yield session
        finally:
            config.hook.pytest_sessionfinish(session=session, exitstatus=pytest.ExitCode.OK)
    finally:
        config._ensure_unconfigure()


class _ProblemNotes:
    """A plugin that notes collection errors."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that cannot be imported."""
        if report.failed:
            self.found.append(f"{report.nodeid}:\n{report.longreprtext}")


def _collect(session: pytest.Session, problems: _ProblemNotes) -> None:
    """Collect the items of *session*; raises AuthoringError if a file cannot be imported."""
    try:
        session.config.hook.pytest_collection(session=session)
    except SystemExit as error:
        problems.found.append(f"SystemExit: {error}")
    except pytest.UsageError as error:
        raise InternalError(f"pytest cannot collect the checks: {error}") from error
    if problems.found:
        raise AuthoringError("these checks cannot be imported: " + "\n".join(problems.found))


def _refuse_empty_files(plan: Plan, checks: Sequence[Check]) -> None:
    filled = {check.path.absolute() for check in checks}
    for path in plan.check_files:
        if path.absolute() not in filled:
            raise AuthoringError("there is no check in this file; write one", path)


def _in_order(checks: Sequence[Check], assignment: Assignment) -> tuple[Check, ...]:
    """Return the checks by exercise, public ones first, in the order of their files."""
    places = {exercise.name: number for number, exercise in enumerate(assignment.exercises)}
    for check in checks:
        if check.exercise not in places:
            what = f"there are checks for {check.exercise}, which course.toml does not list"
            raise AuthoringError(what, check.path)
    return tuple(sorted(checks, key=lambda c: (places[c.exercise], c.hidden, c.line)))
