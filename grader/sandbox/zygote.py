"""Start workers at the strongest isolation level that holds on this machine.

Levels are tested, not assumed to work: the first worker of a zygote attempts what is forbidden
(``worker/self_test.py``). If it succeeds, the next weaker level is tried.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.errors import InternalError, MachineBusy
from grader.exercise import Limits
from grader.language import _
from grader.outcome import Isolation

from .desk_worker import desk_worker
from .isolation import (
    STRONGEST,
    WEAKEST,
    Candidate,
    candidates,
    did_not_hold,
    did_not_start,
    is_superuser,
    isolation_of,
    no_landlock,
)
from .isolation_tests import ALLOWABLE, LAYERS, SECRECY
from .launch import Launch, Launched
from .scratch_directory import remove, scratch_directory
from .worker_process import Worker

#: the requirements: level, private paths, number of processes
_Requirements = tuple[str, tuple[Path, ...], int]
#: for each, the attempt that worked, and why stronger ones did not
_working_levels: dict[_Requirements, tuple[Candidate, dict[str, str]]] = {}


class Zygote:
    """A process with libraries imported, which forks an isolated worker in about ten milliseconds.

    On systems other than Linux there is no zygote; each worker is a new process.

    Args:
        libraries: libraries to import: frameworks, and ``library_imports.COMPILER``.

        level: the strongest isolation level to try, one of ``walls.LEVELS``.

        private: paths that workers must not access, such as references and hidden checks.

        processes: number of processes that a worker may start.

        with_gpu: whether some workers use a GPU.

        first: a zygote with the same settings; if that is equally safe, the new one is its fork.
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
        self._requirements: _Requirements = (level, self._private, processes)
        self._rejected: dict[str, str] = {}
        self._greeting: dict[str, Any] | None = None
        self._layers: dict[str, bool] = {}
        self._scratch, self._lock = scratch_directory()
        self._launched: Launched | None = None
        self._process_workers: list[Worker] = []
        if sys.platform != "linux":
            self._candidate = Candidate(WEAKEST)
            return
        # If workers run as another user, it may enter its own folder but not list others.
        self._scratch.chmod(0o711)
        remaining = list(candidates(level))
        known, rejected = _working_levels.get(self._requirements, (remaining[0], {}))
        if known in remaining:
            remaining = remaining[remaining.index(known) :]
            self._rejected = dict(rejected)
        self._candidates = iter(remaining)
        self._candidate = next(self._candidates)
        self._launch(first)

    def clone(self) -> Zygote:
        """Return another zygote with the same settings, for another grading process.

        Raises:
            InternalError: it cannot be started.
        """
        like = (
            self._libraries,
            self._requirements[0],
            self._private,
            self._processes,
            self._with_gpu,
        )
        # wait until it is ready, so that the level is known
        return Zygote(*like, first=self if self.ready else None)

    def _launch(self, first: Zygote | None = None) -> None:
        self._greeting = None
        launch = Launch(self._candidate, self._libraries, self._scratch, self._with_gpu)
        parent = first._launched if first is not None else None
        self._launched = Launched(launch, parent if parent and parent.can_fork else None)

    @property
    def ready(self) -> dict[str, Any]:
        """Wait until workers can be started at a level that holds; return the zygote's greeting.

        Raises:
            InternalError: no level works.

            MachineBusy: one that may work did not start in time.
        """
        if self._launched is None:
            return {"threads": 1, "python": sys.version}
        while self._greeting is None:
            try:
                greeting = self._launched.greet()
                done = self._launched.test(self._private, self._processes)
            except TimeoutError:
                # A weaker level would be no quicker, and walls must not depend on the load.
                text = _(
                    "No process for learners' code was ready in time; the machine may be too busy. "
                    "Nothing was graded: run again, or choose another level with --isolation."
                )
                raise MachineBusy(text) from None
            except (InternalError, OSError, ValueError) as error:
                if self._requirements in _working_levels:
                    # This level has worked before: do not weaken it because a zygote failed once.
                    raise InternalError(f"the zygote did not start again: {error}") from None
                self._try_weaker(did_not_start(error))
                continue
            leaks = [layer for layer in SECRECY if done[layer]]
            if leaks and not self._candidate.may_leak:
                self._try_weaker(did_not_hold(leaks))
                continue
            if self._candidate.level == "landlock" and not self._launched.layers["Landlock"]:
                # to another user the files may be closed all the same: that is the next level
                self._try_weaker(no_landlock())
                continue
            self._layers = {layer: not done.get(layer) for layer in LAYERS}
            self._layers[LAYERS[-1]] = self._candidate.user is not None or not is_superuser()
            self._layers |= self._launched.layers
            if self._processes and not self._layers["control group"]:
                # Each process has its own limit, but there is none for all of them together.
                self._layers["memory limit"] = False
            self._greeting = greeting
        _working_levels[self._requirements] = self._candidate, self._rejected
        return self._greeting

    def _try_weaker(self, reason: str) -> None:
        """Try the next weaker level; raises InternalError if there is none."""
        assert self._launched is not None
        self._launched.end()
        self._rejected[self._candidate.label] = reason
        following = next(self._candidates, None)
        if following is None:
            raise InternalError(f"the zygote cannot be started: {reason}")
        self._candidate = following
        self._launch()

    @property
    def isolation(self) -> Isolation:
        """Return the level in use and the layers that hold."""
        if not self.ready or self._launched is None:
            return isolation_of(WEAKEST, dict.fromkeys(LAYERS, False), {})
        allowed = ALLOWABLE if self._processes else ()
        return isolation_of(self._candidate.level, self._layers, self._rejected, allowed)

    def worker(self, limits: Limits, seconds: float, with_gpu: bool = False) -> Worker:
        """Start a worker.

        Args:
            limits: limits on memory, files and processes.

            seconds: limit on the worker's total processor time.

            with_gpu: whether it uses a GPU.

        Raises:
            InternalError: no worker can be started.
        """
        if self._launched is None:
            return self._process_worker()
        for number in (1, 2):
            try:
                if not self.ready:
                    raise InternalError("the zygote is not ready")
                return self._launched.worker(limits, seconds, with_gpu)
            except (OSError, ValueError, InternalError) as error:
                if number == 2:
                    raise InternalError(f"no worker can be started: {error}") from None
                self._launched.end()
                self._launch()
        raise AssertionError("unreachable")

    def _process_worker(self) -> Worker:
        """Start a worker as a new process in an empty folder."""
        folder = self._scratch / str(len(self._process_workers))
        folder.mkdir()
        try:
            self._process_workers.append(desk_worker(folder, prints=False))
        except (OSError, subprocess.SubprocessError) as error:
            raise InternalError(f"no worker can be started: {error}") from None
        return self._process_workers[-1]

    def close(self) -> None:
        """End the zygote and all its workers."""
        for worker in self._process_workers:
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
