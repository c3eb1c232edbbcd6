"""Workers behind the strongest walls that hold here.

Which walls hold is not looked up but tried: the first worker of a zygote attempts what is forbidden
(``worker/self_test.py``). Where it gets through, the next weaker level is tried.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.errors import InternalError
from grader.exercise import Limits
from grader.outcome import Isolation

from .desk_worker import desk_worker
from .isolation import (
    STRONGEST,
    WEAKEST,
    Attempt,
    attempts,
    did_not_hold,
    did_not_start,
    is_superuser,
    isolation_of,
)
from .isolation_tests import ALLOWABLE, LAYERS, SECRECY
from .launch import Launch, Launched
from .scratch_directory import remove, scratch_directory
from .worker_process import Worker

#: what is asked for: level, private paths, processes
_Asked = tuple[str, tuple[Path, ...], int]
#: by that, the way that was found to work, and what was passed over before, and why
_found: dict[_Asked, tuple[Attempt, dict[str, str]]] = {}


class Zygote:
    """A warm process that forks a worker in about ten milliseconds, behind walls that hold.

    Where there is no zygote to be had, outside of Linux, each worker is a fresh process.

    Args:
        libraries: what to import beforehand: frameworks, and ``adapters.COMPILER``.

        level: the strongest walls to try, one of ``walls.LEVELS``.

        private: paths that must be out of reach, such as references and hidden checks.

        processes: how many each worker may be allowed to start.

        with_gpu: whether some workers use a GPU.

        first: one that this is like, and a fork of where that is as good.
    """

    def __init__(
        self,
        libraries: Sequence[str] = ("numpy",),
        level: str = STRONGEST,
        private: Sequence[Path] = (),
        processes: int = 0,
        with_gpu: bool = False,
        first: Zygote | None = None,
    ) -> None:
        self._libraries = tuple(libraries)
        self._private = tuple(private)
        self._processes = processes
        self._with_gpu = with_gpu
        self._asked: _Asked = (level, self._private, processes)
        self._passed_over: dict[str, str] = {}
        self._greeting: dict[str, Any] | None = None
        self._layers: dict[str, bool] = {}
        self._scratch, self._lock = scratch_directory()
        self._launched: Launched | None = None
        self._desks: list[Worker] = []
        if sys.platform != "linux":
            self._attempt = Attempt(WEAKEST)
            return
        # Another user, if workers are one, may pass through to its own folder and see no other.
        self._scratch.chmod(0o711)
        left = list(attempts(level))
        works, passed_over = _found.get(self._asked, (left[0], {}))
        if works in left:
            left = left[left.index(works) :]
            self._passed_over = dict(passed_over)
        self._attempts = iter(left)
        self._attempt = next(self._attempts)
        self._launch(first)

    def another(self) -> Zygote:
        """Return one more, for one more process that grades; raises InternalError."""
        like = (self._libraries, self._asked[0], self._private, self._processes, self._with_gpu)
        # it is known by then which walls hold
        return Zygote(*like, first=self if self.ready else None)

    def _launch(self, first: Zygote | None = None) -> None:
        self._greeting = None
        launch = Launch(self._attempt, self._libraries, self._scratch, self._with_gpu)
        whole = first._launched if first is not None else None
        self._launched = Launched(launch, whole if whole and whole.may_divide else None)

    @property
    def ready(self) -> dict[str, Any]:
        """Wait until workers can be had behind walls that hold; return what the zygote said.

        Raises:
            InternalError: not even the weakest can be started.
        """
        if self._launched is None:
            return {"threads": 1, "python": sys.version}
        while self._greeting is None:
            try:
                greeting = self._launched.greet()
                done = self._launched.test(self._private, self._processes)
            except (InternalError, OSError, ValueError) as error:
                if self._asked in _found:
                    # Walls that stood a moment ago are not given up for one that fell over.
                    raise InternalError(f"the zygote did not start again: {error}") from None
                self._weaken(did_not_start(error))
                continue
            through = [layer for layer in SECRECY if done[layer]]
            if through and not self._attempt.may_leak:
                self._weaken(did_not_hold(through))
                continue
            self._layers = {layer: not done.get(layer) for layer in LAYERS}
            self._layers[LAYERS[-1]] = self._attempt.user is not None or not is_superuser()
            self._layers |= self._launched.stands
            if self._processes and not self._layers["control group"]:
                # Each process has a limit of its own, all of them together have none.
                self._layers["memory limit"] = False
            self._greeting = greeting
        _found[self._asked] = self._attempt, self._passed_over
        return self._greeting

    def _weaken(self, reason: str) -> None:
        """Turn to the next weaker walls; raises InternalError if there are none."""
        assert self._launched is not None
        self._launched.end()
        self._passed_over[self._attempt.label] = reason
        following = next(self._attempts, None)
        if following is None:
            raise InternalError(f"the zygote cannot be started: {reason}")
        self._attempt = following
        self._launch()

    @property
    def isolation(self) -> Isolation:
        """Return the walls that were found to hold."""
        if not self.ready or self._launched is None:
            return isolation_of(WEAKEST, dict.fromkeys(LAYERS, False), {})
        allowed = ALLOWABLE if self._processes else ()
        return isolation_of(self._attempt.level, self._layers, self._passed_over, allowed)

    def worker(self, limits: Limits, seconds: float, with_gpu: bool = False) -> Worker:
        """Start a worker.

        Args:
            limits: of memory, files and processes.

            seconds: of processor time over the worker's life.

            with_gpu: whether it uses a GPU.

        Raises:
            InternalError: no worker could be had.
        """
        if self._launched is None:
            return self._fresh()
        for attempt in (1, 2):
            try:
                if not self.ready:
                    raise InternalError("the zygote is not ready")
                return self._launched.worker(limits, seconds, with_gpu)
            except (OSError, ValueError, InternalError) as error:
                if attempt == 2:
                    raise InternalError(f"no worker can be started: {error}") from None
                self._launched.end()
                self._launch()
        raise AssertionError("unreachable")

    def _fresh(self) -> Worker:
        """Start a process that is no fork, in an empty folder."""
        folder = self._scratch / str(len(self._desks))
        folder.mkdir()
        try:
            self._desks.append(desk_worker(folder, prints=False))
        except (OSError, subprocess.SubprocessError) as error:
            raise InternalError(f"no worker can be started: {error}") from None
        return self._desks[-1]

    def close(self) -> None:
        """End the zygote and every worker below it."""
        for worker in self._desks:
            worker.stop()
        if self._launched is not None:
            self._launched.end()
        remove(self._scratch)
        if self._lock is not None:
            os.close(self._lock)

    def __enter__(self) -> Zygote:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
