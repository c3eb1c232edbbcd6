"""Another's submission that is graded meanwhile, as a class is: on another zygote."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from grader.exercise import Chunk, Limits, Submission
from grader.sandbox.channel import WorkerChannel
from grader.sandbox.proxy import ModuleProxy
from grader.sandbox.zygote import Zygote

_LIMITS = Limits(seconds=20.0, memory_mb=256, disk_mb=8)
#: right as long as it is let alone: in its memory, its folder, its threads
_HONEST = """\
import threading
import time
from pathlib import Path

KEPT = ["{secret}", "{secret}"]


def total(x, threads):
    some = [threading.Thread(target=time.sleep, args=(0.01,)) for _ in range(threads)]
    for one in some:
        one.start()
    for one in some:
        one.join()
    Path("draft.txt").write_text(KEPT[0])
    with open("notes.txt") as notes:
        whole = KEPT[0] == KEPT[1] == notes.read()
    return x.cumsum() if whole else x
"""


class Neighbour:
    """An honest submission that goes on answering while an attack is graded on *first*."""

    def __init__(self, first: Zygote, secret: str) -> None:
        self._zygote = first.clone()
        assert self._zygote.ready
        files = (("notes.txt", secret.encode()),)
        text = _HONEST.format(secret=secret)
        submission = Submission("grace", (Chunk("grace.py", text),), "numpy", "01", files)
        self._channel = WorkerChannel(submission, self._zygote.worker)
        self._begin()

    def _begin(self) -> None:
        self._channel.begin("total", 1, _LIMITS)
        assert self._answers(), "an honest neighbour does not answer"

    def _answers(self, by_threads: bool = False) -> bool:
        with contextlib.suppress(Exception):
            x = np.array([3.0, 1.0, 2.0])
            total = ModuleProxy(self._channel).total(x, 4 if by_threads else 0)
            return bool(np.array_equal(total, [3, 4, 6]))
        return False

    def target(self) -> dict[str, Any]:
        """Return what attacks are told of it: more than they could know.

        A machine that was too busy to answer may have cost it its worker: then it has a new one.
        """
        if not self._answers():
            self._begin()
        assert self._zygote._launched is not None and self._channel._worker is not None
        life: Any = self._channel._worker._kill.__self__  # type: ignore[attr-defined]
        facts = Path(f"/proc/self/fdinfo/{life._handle}").read_text()
        found = re.search(r"^Pid:\s*(\d+)", facts, re.MULTILINE)
        assert found is not None
        return {"neighbour": int(found[1]), "next_door": str(self._zygote._scratch / "work")}

    @contextlib.contextmanager
    def at_work(self, found: set[str], by_threads: bool) -> Iterator[None]:
        """Have it answer again and again meanwhile; what is wrong then goes to *found*."""
        gone = threading.Event()

        def work() -> None:
            while not gone.wait(0.02):
                if not self._answers(by_threads):
                    found.add("the neighbour is hurt")

        thread = threading.Thread(target=work)
        thread.start()
        try:
            yield
        finally:
            gone.set()
            thread.join()
        if not self._answers():
            found.add("the neighbour is hurt")
        if found:
            self._channel.close()
        self._begin()

    def close(self) -> None:
        """End it."""
        self._channel.close()
        self._zygote.close()
