"""A check that takes long goes on in a fork of the grader, while the next one begins.

The fork keeps the check's worker; the grader starts another. What is limited is processor time, so
what runs beside a check does not change its verdict.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass, fields
from multiprocessing.connection import Connection

from grader.errors import InternalError
from grader.outcome import Outcome
from grader.sandbox.fork import Fork, fork
from grader.sandbox.worker_process import Worker

from .ended_check import EndedCheck


@dataclass(frozen=True, slots=True)
class _GoesOn:
    fork: Fork
    pipe: Connection
    kill_worker: Callable[[], None]


class Background:
    """Where one check goes on, if it has not ended when a part of its time is spent."""

    def __init__(self) -> None:
        self._goes_on: _GoesOn | None = None
        # in the fork, where to tell how the check ends
        self._theirs: Connection | None = None

    def take(self, worker: Worker) -> bool:
        """Fork this process; return True in the fork, which goes on waiting for *worker*."""
        ours, theirs = multiprocessing.Pipe(duplex=False)
        try:
            made = fork()
        except InternalError:
            ours.close()
            theirs.close()
            return False
        if made is None:
            self._theirs = theirs
            return True
        theirs.close()
        self._goes_on = _GoesOn(made, ours, worker.hand_over())
        return False

    def run(self, check: Callable[[], EndedCheck]) -> EndedCheck:
        """Return how *check* ends in this process. A fork that it makes does not return."""
        try:
            ended = check()
            if self._theirs is not None:
                _tell(self._theirs, ended)
        finally:
            if self._theirs is not None:
                # Whatever happened, nothing of the grader's may be run a second time here.
                os._exit(0)
        return ended

    def result(self, here: EndedCheck) -> EndedCheck | None:
        """Wait for the fork; return how the check ended there, or None if that is not known.

        Args:
            here: how it ended in this process.
        """
        if self._goes_on is None:
            return None
        try:
            return EndedCheck(here.check, **self._goes_on.pipe.recv())
        except EOFError:
            return None

    def close(self) -> None:
        """End the fork and its worker."""
        if self._goes_on is not None:
            self._goes_on.fork.end()
            self._goes_on.pipe.close()
            self._goes_on.kill_worker()
            self._goes_on = None


def _tell(pipe: Connection, ended: EndedCheck) -> None:
    """Tell how a check ended, unless this process could not run it, or cannot tell all."""
    if ended.verdict.outcome is Outcome.INTERNAL:
        return
    parts = {field.name: getattr(ended, field.name) for field in fields(ended)}
    del parts["check"]
    try:
        told = pickle.dumps(parts)
    except Exception:  # of a function or an object among the arguments
        return
    pipe.send_bytes(told)
