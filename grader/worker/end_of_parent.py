"""Ends a worker whose grader has gone, where no kernel does that: on Windows and macOS."""

from __future__ import annotations

import os
import threading


def end_with_stdin() -> None:
    """End this process when its standard input ends, which only the grader holds.

    Whoever reads from standard input later reads nothing.
    """
    held = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    threading.Thread(target=_wait, args=(held,), daemon=True).start()


def _wait(descriptor: int) -> None:
    while os.read(descriptor, 64):
        pass
    os._exit(1)
