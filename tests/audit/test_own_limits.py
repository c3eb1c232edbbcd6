"""Limits on authors' code in the audit's own processes."""

from __future__ import annotations

import signal
import sys
import time

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no such timers", allow_module_level=True)

from grader.audit import own_limits
from grader.audit.own_limits import limited
from grader.exercise import Limits


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
    timers = signal.ITIMER_PROF, signal.ITIMER_REAL
    handlers = [signal.getsignal(number) for number in (signal.SIGPROF, signal.SIGALRM)]
    for _round in range(20):
        with pytest.raises(TimeoutError), limited(Limits(seconds=0.0025)):
            while True:
                pass
        assert [(0.0, 0.0)] * 2 == [signal.getitimer(timer) for timer in timers]
    after = [signal.getsignal(number) for number in (signal.SIGPROF, signal.SIGALRM)]
    assert handlers == after
