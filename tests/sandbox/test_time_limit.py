"""When time is over, on machines that give a learner's code all of their time, some, or none."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from grader.sandbox import time_limit
from grader.sandbox.processor_time import Usage
from grader.sandbox.time_limit import MOST, Over, TimeLimit


@dataclass
class Machine:
    """A wall clock, and a process that computes, waits and sleeps for shares of its time.

    Attributes:
        computes: of each second, how much it computes.

        waits: of each second, how much each of its threads could compute and does not.
    """

    computes: float = 1.0
    waits: dict[int, float] = field(default_factory=lambda: {1: 0.0})
    now: float = 1000.0
    used: float = 50.0
    waited: dict[int, float] = field(default_factory=lambda: {1: 7.0})
    says_waits: bool = True

    def clock(self) -> float:
        """Return the time on the wall."""
        return self.now

    def read(self) -> Usage | None:
        """Return what the process has had so far."""
        return Usage(self.used, dict(self.waited) if self.says_waits else None)

    def run(self, seconds: float) -> None:
        """Let time pass for the process."""
        self.now += seconds
        self.used += seconds * self.computes
        for thread, share in self.waits.items():
            self.waited[thread] = self.waited.get(thread, 0.0) + seconds * share

    def limit(self, seconds: float) -> TimeLimit:
        """Return a limit on the process."""
        return TimeLimit(seconds, self, self.clock)


def ended(machine: Machine, seconds: float) -> tuple[Over | None, float]:
    """Return why a request without an answer ends, and after how many seconds."""
    limit, began = machine.limit(seconds), machine.now
    with limit.running():
        while (left := limit.left()) > 0:
            machine.run(left)
    return limit.over, machine.now - began


def around(seconds: float) -> object:
    """Return what is *seconds* up to the time between two looks."""
    return pytest.approx(seconds, abs=0.2)


def test_code_that_computes_has_its_processor_time() -> None:
    """With the machine for itself, an endless loop ends when its seconds are over."""
    assert ended(Machine(), 5.0) == (Over.SPENT, around(5.0))


def test_code_that_has_a_fifth_of_the_machine_has_five_times_as_long() -> None:
    """What it waited for others does not count: it is ended after the same work."""
    machine = Machine(computes=0.2, waits={1: 0.8})

    assert ended(machine, 5.0) == (Over.SPENT, around(25.0))


def test_threads_and_children_spend_together() -> None:
    """Who computes four times at once is done after a quarter of the time."""
    assert ended(Machine(computes=4.0), 5.0) == (Over.SPENT, around(1.25))


@pytest.mark.parametrize("computes", [0.0, 0.3])
def test_code_that_sleeps_has_the_limit_on_the_wall(computes: float) -> None:
    """It wanted no processor: for that no machine is to blame."""
    assert ended(Machine(computes=computes), 5.0) == (Over.ASLEEP, around(5.0))


def test_code_that_sleeps_gains_nothing_from_a_busy_machine() -> None:
    """Only as long as it waits itself does the wall clock stand still."""
    machine = Machine(computes=0.05, waits={1: 0.45})

    assert ended(machine, 5.0) == (Over.ASLEEP, around(5.0 / 0.55))


def test_threads_that_take_turns_have_as_long_as_one() -> None:
    """A compiler does each part of its work in a thread of its own, which is gone afterwards."""
    machine = Machine(computes=0.2)
    limit, began = machine.limit(5.0), machine.now
    with limit.running():
        while (left := limit.left()) > 0:
            machine.waits = {int(machine.now - began): 0.8}
            machine.waited = {n: machine.waited.get(n, 0.0) for n in machine.waits}
            machine.run(left)

    assert (limit.over, machine.now - began) == (Over.SPENT, around(25.0))


def test_the_longest_wait_of_a_thread_counts_and_no_sum_of_waits() -> None:
    """A hundred threads that wait for a moment each have not kept the code from running."""
    machine = Machine(computes=0.01, waits=dict.fromkeys(range(100), 0.01))

    assert ended(machine, 5.0) == (Over.ASLEEP, around(5.0))


def test_a_thread_that_began_later_is_measured_from_its_own_beginning() -> None:
    """What another had waited before does not hide that it waits now."""
    machine = Machine(computes=0.2, waits={1: 0.0, 2: 0.8})

    assert ended(machine, 5.0) == (Over.SPENT, around(25.0))


def test_a_machine_that_gives_next_to_nothing_is_not_waited_for_without_end() -> None:
    """After a multiple of the limit it is over, and the machine is what explains it."""
    machine = Machine(computes=0.01, waits={1: 0.99})

    assert ended(machine, 5.0) == (Over.STARVED, around(5.0 * MOST))


def test_where_waiting_is_not_told_who_computes_at_all_is_taken_to_want_all() -> None:
    """A loop on a busy machine ends by what it used, and a sleep by the wall clock."""
    loop = Machine(computes=0.2, says_waits=False)
    sleep = Machine(computes=0.001, says_waits=False)

    assert ended(loop, 5.0) == (Over.SPENT, around(25.0))
    assert ended(sleep, 5.0) == (Over.ASLEEP, around(5.0))


def test_where_nothing_can_be_measured_the_wall_clock_is_all_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As long as it may compute, and no longer."""
    monkeypatch.setattr(Machine, "read", lambda self: None)

    assert ended(Machine(), 5.0) == (Over.ASLEEP, around(5.0))


def test_what_the_host_takes_from_the_machine_counts_as_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A virtual machine that runs half of the time ends a loop after the same work."""
    machine = Machine(computes=0.5)
    taken = lambda: [(machine.now - 1000.0) / 2, 0.0]  # noqa: E731
    monkeypatch.setattr(time_limit, "stolen", taken)

    assert ended(machine, 5.0)[1] == around(10.0)


def test_the_graders_own_time_is_not_the_learners() -> None:
    """Neither between two requests nor when it comes late to look does the wall clock run."""
    machine = Machine(computes=0.0)
    limit = machine.limit(1.0)
    for _request in range(3):
        machine.now += 100.0
        with limit.running():
            machine.now += 100.0  # packs what it sends
            machine.run(limit.left())
            machine.now += 100.0  # is kept from running itself
            assert limit.left() > 0

    assert limit.over is None


def test_a_request_within_a_request_counts_once() -> None:
    """A function of the grader's that asks again does not run the clock twice as fast."""
    machine = Machine(computes=0.0)
    limit = machine.limit(1.0)
    with limit.running():
        for _step in range(7):
            with limit.running():
                machine.run(min(limit.left(), 0.1))

    assert limit.over is None


def test_many_short_requests_spend_like_a_long_one() -> None:
    """Who answers each question quickly may not be asked for ever."""
    machine = Machine()
    limit = machine.limit(1.0)
    for _request in range(130):
        with limit.running():
            if limit.left() > 0:
                machine.run(0.01)

    assert limit.over is Over.SPENT
