"""Limits as the worker meets them: which one an exception tells of, and processor time by check."""

from __future__ import annotations

import contextlib
import errno
import math
import os
import re
import signal
import time

with contextlib.suppress(ImportError):  # Windows has none
    import resource

#: how PyTorch and JAX word it; NumPy and Python raise MemoryError
_NO_MEMORY = re.compile(
    r"can't allocate memory|not enough memory|out of memory|bad_alloc", re.IGNORECASE
)
#: exit code of a process that used up its processor time, as a shell would give it
OUT_OF_TIME = 128 + 24
_NO_SPACE = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


def limit_met(error: BaseException, message: str) -> str:
    """Return the limit that *error*, with this message, tells of: ``memory``, ``disk`` or none."""
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, RuntimeError) and _NO_MEMORY.search(message):
        return "memory"
    if isinstance(error, OSError) and error.errno in _NO_SPACE:
        return "disk"
    return ""


def allow_processor_time(seconds: float | None) -> None:
    """Let this process use *seconds* of processor time from now on; None for all it has.

    Then it ends with :data:`OUT_OF_TIME`. It could take the limit back, or compute on in C; the
    deadline outside ends that.
    """
    # By hand: the first process of a namespace is not ended by a signal of its own accord.
    signal.signal(signal.SIGXCPU, lambda number, frame: os._exit(OUT_OF_TIME))
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = hard
    if seconds is not None:
        soft = math.ceil(time.process_time() + seconds)
        soft = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
