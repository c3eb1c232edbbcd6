"""Waiting for a fact: for as long as a busy machine needs, and no longer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

#: seconds after which what has not happened never will, on any machine
PATIENCE = 600

Fact = TypeVar("Fact")


def until(fact: Callable[[], Fact]) -> Fact:
    """Wait until *fact* returns something true; return what it returned last."""
    end = time.monotonic() + PATIENCE
    while not (found := fact()) and time.monotonic() < end:
        time.sleep(0.01)
    return found


def hold_after(reports: int) -> str:
    """Return code after which a run of ``score`` stops to wait once it has kept so many reports.

    It goes on when it is interrupted: there and nowhere else, however busy the machine is.
    """
    return f"""
import signal
from grader.scoring.results import Results

def hold(self, *given, write=Results.write, kept=[]):
    write(self, *given)
    kept.append(given)
    while len(kept) == {reports}:
        signal.pause()

Results.write = hold
"""
