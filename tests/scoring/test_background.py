"""Checks that go on in a fork of the grader, with real workers."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.exercise import Limits
from grader.outcome import Outcome, Result
from grader.sandbox.fork import can_fork
from grader.sandbox.zygote import Zygote
from grader.scoring import check_runner
from grader.scoring.background import Background
from grader.scoring.check_runner import CheckRunner
from grader.scoring.ended_check import EndedCheck
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks

from ..made_results import without_seconds
from .conftest import REFERENCE, Mini, submission

ENDLESS = "\n\ndef double(x):\n    while True: pass\n"
#: needs a third of the time in each call
SLOW = """

import time

def double(x):
    began = time.process_time()
    while time.process_time() < began + 0.2: pass
    return {value}
"""
CALLS_BACK = '''

@points(1)
def test_{name}(student, draw):
    """A function is called. zh: 函数被调用。"""
    assert_close(student.double(lambda: 1.0), 2.0)
'''
#: of processor time
SECONDS = 0.6

Grade = Callable[..., Result]


@pytest.fixture
def grade(mini: Callable[..., Mini], zygote: Zygote) -> Iterator[Grade]:
    """Return what grades the first exercise of a text."""

    def grade(text: str, processes: int = 0, **files: str) -> Result:
        made = mini(seconds=SECONDS, **files)
        if processes:
            limits = Limits(SECONDS, processes=processes)
            exercises = (
                dataclasses.replace(one, limits=limits) for one in made.plan.assignment.exercises
            )
            assignment = dataclasses.replace(made.plan.assignment, exercises=tuple(exercises))
            made = dataclasses.replace(
                made, plan=dataclasses.replace(made.plan, assignment=assignment)
            )
        with collected_checks(made.plan, made.reference) as runner:
            job = Job("ada", submission(text), frozenset({"double"}))
            return runner.grade(job, zygote, observe=observed.append)

    observed: list[list[EndedCheck]] = []
    grade.observed = observed  # type: ignore[attr-defined]
    yield grade


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[EndedCheck | None]:
    """Return what forks will have told."""
    told: list[EndedCheck | None] = []
    result = Background.result

    def listening(background: Background, here: EndedCheck) -> EndedCheck | None:
        told.append(result(background, here))
        return told[-1]

    monkeypatch.setattr(Background, "result", listening)
    return told


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the checks that this process will have run, as often as it did."""
    run: list[str] = []
    run_one = CheckRunner._run_one

    def noting(runner: CheckRunner, check: object, *more: object) -> EndedCheck:
        run.append(check.name)  # type: ignore[attr-defined]
        return run_one(runner, check, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(CheckRunner, "_run_one", noting)
    return run


def no_child_is_left() -> bool:
    """Whether this process has no fork."""
    forks = Path("/proc/self/task").glob("*/children")
    pids = [pid for path in forks for pid in path.read_text().split()]
    programs = [Path("/proc", pid, "cmdline").read_bytes() for pid in pids]
    return Path("/proc/self/cmdline").read_bytes() not in programs


def test_checks_that_never_end_go_on_at_once_and_are_told_of(
    grade: Grade, told: list[EndedCheck | None], run: list[str]
) -> None:
    """This process runs none a second time, and has no process left."""
    result = grade(REFERENCE + ENDLESS)

    assert [one and one.timed_out for one in told] == [True, True]
    assert run == ["test_values", "test_large", "test_row"]
    outcomes = {check.name: check.outcome for check in result.checks}
    assert outcomes == {
        "test_values": Outcome.TIMED_OUT,
        "test_row": Outcome.BLOCKED,
        "test_large": Outcome.TIMED_OUT,
    }
    text = "double did not return within 0.6 s. Is there an infinite loop?"
    assert next(check.message for check in result.checks if not check.hidden) == text
    assert no_child_is_left()


def test_a_slow_check_ends_in_a_fork_and_is_seen_here(
    grade: Grade, told: list[EndedCheck | None], run: list[str]
) -> None:
    """With its calls and their values, of which hints come; it runs once."""
    result = grade(REFERENCE + SLOW.format(value="3 * x"))

    assert {check.outcome for check in result.checks if check.name != "test_row"} == {
        Outcome.FAILED
    }
    assert run == ["test_values", "test_large", "test_row"]
    (ended,) = grade.observed  # type: ignore[attr-defined]
    values = next(one for one in ended if one.check.name == "test_values")
    (record,) = values.trace
    assert (record.value == 3 * record.args[0]).all()
    assert values.context.calls is values.trace


def test_what_a_fork_cannot_tell_is_run_again_here(
    grade: Grade, told: list[EndedCheck | None], run: list[str]
) -> None:
    """A function among the arguments cannot leave its process."""
    imports = "from grader.checks import assert_close, points\n"
    checks = imports + CALLS_BACK.format(name="call")
    result = grade(REFERENCE + SLOW.format(value="2 * x()"), double=checks)

    assert None in told
    assert run.count("test_call") == 2
    assert next(c for c in result.checks if c.name == "test_call").outcome is Outcome.PASSED


@pytest.mark.parametrize("text", [ENDLESS, SLOW.format(value="2 * x"), SLOW.format(value="x")])
def test_without_forks_the_report_is_the_same(
    grade: Grade, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """As where the system knows no forks, or the reference has threads."""
    forking = grade(REFERENCE + text)
    monkeypatch.setattr(check_runner, "can_fork", lambda framework: False)

    assert without_seconds(grade(REFERENCE + text)) == without_seconds(forking)


@pytest.mark.parametrize("framework", ["jax", "tensorflow", "mxnet"])
def test_a_reference_with_threads_is_not_forked(framework: str) -> None:
    """A fork would wait for ever for threads that it does not have."""
    assert not can_fork(framework)
    assert can_fork("numpy")


def test_a_system_without_room_for_a_fork_is_no_reason_to_fail(
    grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would go on there is run again here."""

    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    result = grade(REFERENCE + SLOW.format(value="2 * x"))

    assert {check.outcome for check in result.checks} == {Outcome.PASSED}


def test_where_workers_share_a_limit_only_one_runs(
    grade: Grade, told: list[EndedCheck | None]
) -> None:
    """A limit on the memory of all processes together would be one for two workers."""
    result = grade(REFERENCE + SLOW.format(value="2 * x"), processes=2)

    assert {check.outcome for check in result.checks} == {Outcome.PASSED}
    assert not told
