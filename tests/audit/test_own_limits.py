"""Limits on authors' code in the audit's own processes."""

from __future__ import annotations

import sys
import time

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no such timers", allow_module_level=True)

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
