"""Limits on authors' code in the audit's own processes."""

from __future__ import annotations

import math
import signal
import sys
import time
from types import FrameType

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no such timers", allow_module_level=True)

import resource

from grader.audit import own_limits
from grader.audit.own_limits import Timers, limited
from grader.exercise import Limits

TIMERS = {signal.ITIMER_PROF: signal.SIGPROF, signal.ITIMER_REAL: signal.SIGALRM}


def test_waiting_uses_up_no_time() -> None:
    """Code that a busy machine keeps from running is not interrupted; what it computes counts."""
    with limited(Limits(seconds=0.25)) as interruption:
        time.sleep(0.75)

    assert not interruption.happened


def test_computing_uses_up_time() -> None:
    """A loop that never ends is interrupted."""
    with pytest.raises(TimeoutError), limited(Limits(seconds=0.05)) as interruption:
        while True:
            pass

    assert interruption.happened


def test_a_thread_takes_the_place_of_timers(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows, which has none; Ctrl-C still is Ctrl-C, and afterwards nothing interrupts."""
    monkeypatch.delattr(signal, "setitimer")
    # Tests that run in the background have it ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(TimeoutError), limited(Limits(seconds=0.05)) as interruption:
            while True:
                pass
        with pytest.raises(KeyboardInterrupt), limited(Limits(seconds=60)) as patient:
            signal.raise_signal(signal.SIGINT)

        assert interruption.happened
        assert not patient.happened
        assert signal.default_int_handler == signal.getsignal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


def test_no_timer_stays_on_when_both_end_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a busy machine: the second does not interrupt the way out from the first."""
    monkeypatch.setattr(own_limits, "_ASLEEP", 1.0)
    monkeypatch.setattr(own_limits, "_INTERRUPTIONS_ASLEEP", 10_000)
    handlers = [signal.getsignal(number) for number in TIMERS.values()]
    for _round in range(20):
        with pytest.raises(TimeoutError), limited(Limits(seconds=0.0025)):
            while True:
                pass
        assert [(0.0, 0.0)] * 2 == [signal.getitimer(timer) for timer in TIMERS]
    after = [signal.getsignal(number) for number in TIMERS.values()]
    assert handlers == after


def test_nothing_interrupts_the_way_in_and_out() -> None:
    """Where a timer ends there, limits would stay on, and end the process later."""
    ways = Timers.__enter__.__code__, Timers.__exit__.__code__
    sent: set[str] = set()

    def end_timers(frame: FrameType, _event: str, _what: object) -> None:
        if frame.f_code in ways and signal.getsignal(signal.SIGALRM) not in before:
            frame.f_locals["self"]._began = -math.inf  # all processor time is spent
            for timer, number in TIMERS.items():
                signal.setitimer(timer, 0)
                sent.add(frame.f_code.co_name)
                signal.raise_signal(number)

    before = [signal.getsignal(number) for number in TIMERS.values()]
    sys.setprofile(end_timers)
    try:
        with limited(Limits(seconds=60)) as interruption:
            pass
    finally:
        sys.setprofile(None)

    assert {"__enter__", "__exit__"} == sent
    assert not interruption.happened
    assert [(0.0, 0.0)] * 2 == [signal.getitimer(timer) for timer in TIMERS]


def test_the_system_ends_it_by_the_clock_that_the_system_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Linux counts ticks: a process that was running at many has less left than it computed."""
    ahead = time.process_time() + 1000
    monkeypatch.setattr(own_limits, "_ticked", lambda: ahead)

    with limited(Limits(seconds=1)):
        latest, _most = resource.getrlimit(resource.RLIMIT_CPU)

    assert ahead < latest


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such clock")
def test_ticks_are_read_as_seconds() -> None:
    """They grow while this process computes."""
    before = own_limits._ticked()
    while own_limits._ticked() == before:
        pass

    assert 0 < own_limits._ticked() - before < 60


def test_ticks_that_come_too_early_do_not_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    """The timer of processor time goes by ticks; what counts is what the code has computed."""
    with limited(Limits(seconds=60)) as interruption:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.raise_signal(signal.SIGPROF)
        remaining, _interval = signal.getitimer(signal.ITIMER_PROF)

    assert not interruption.happened
    assert remaining > 0
