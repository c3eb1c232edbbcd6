"""A worker that is started ahead of time, so that its framework is loaded when it is needed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TYPE_CHECKING

from grader.errors import GraderError

if TYPE_CHECKING:
    from .worker_process import Worker

_LOAD_SECONDS = 60.0


class SpareWorker(AbstractContextManager["SpareWorker"]):
    """Keeps at most one worker ready; it is stopped at the end of a ``with``.

    Args:
        start: starts a worker, in the thread that asks for it.
    """

    def __init__(self, start: Callable[[], Worker]) -> None:
        self._start = start
        self._worker: Worker | None = None
        self._loading: threading.Thread | None = None

    def take(self) -> Worker:
        """Return a worker that has not run any submission."""
        if self._loading is not None:
            self._loading.join()
        worker, self._worker, self._loading = self._worker, None, None
        return worker if worker is not None and worker.alive else self._start()

    def refill(self, framework: str) -> None:
        """Start the next worker, which loads *framework* in the background."""
        self.close()
        self._worker = worker = self._start()
        self._loading = threading.Thread(target=_load, args=(worker, framework), daemon=True)
        self._loading.start()

    def close(self) -> None:
        """Stop it."""
        if self._loading is not None:
            self._loading.join()
        if self._worker is not None:
            self._worker.stop()
        self._worker = self._loading = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self.close()


def _load(worker: Worker, framework: str) -> None:
    """Let *worker* load a framework; errors are reported when the worker is used."""
    from .worker_process import deadline_in

    nothing = {"pieces": [], "files": {}, "framework": framework, "device": "cpu"}
    try:
        worker.request("submission", nothing, deadline_in(_LOAD_SECONDS))
    except GraderError:
        worker.stop()
