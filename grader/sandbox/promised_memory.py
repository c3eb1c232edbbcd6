"""Whose memory ran out when the kernel refused some: the worker's own limit, or the machine's.

Where the machine promises no more memory than it has (``vm.overcommit_memory`` = 2), it refuses
what others have been promised, and the worker only sees that there is none.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from grader.errors import MachineBusy
from grader.language import _

from .cgroups import count_of

_PROC = Path("/proc")
#: how the machine promises memory if it never promises more than it has
_STRICTLY = 2


def require_promise(mebibytes: int, release: Callable[[], None]) -> None:
    """Raise MachineBusy if the machine could not have given a worker this much memory.

    Args:
        release: ends the worker, so that what it holds itself is not missing to it.
    """
    if _number("", "sys/vm/overcommit_memory") != _STRICTLY:
        return
    release()
    most, promised = (_number(word, "meminfo") for word in ("CommitLimit:", "Committed_AS:"))
    if most and most - promised < mebibytes << 10:
        raise MachineBusy(_("the machine had no memory left"))


def _number(word: str, name: str) -> int:
    """Return the number after *word* in a file of the kernel's, where memory is in KiB."""
    with contextlib.suppress(OSError):
        text = (_PROC / name).read_text().replace(" kB", "")
        return count_of(word, "\n".join(" ".join(line.split()) for line in text.splitlines()))
    return 0
