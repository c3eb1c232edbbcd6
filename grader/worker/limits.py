"""Limits as the worker meets them: which one an exception tells of."""

from __future__ import annotations

import errno
import re

#: messages of PyTorch, TensorFlow, JAX and MXNet; NumPy and Python raise MemoryError
_NO_MEMORY = re.compile(
    r"can't allocate memory|not enough memory|out of memory|bad_alloc|OOM when allocating"
    r"|RESOURCE_EXHAUSTED|failed to allocate \w+ memory"
    r"|tensor you are trying to allocate is larger",
    re.IGNORECASE,
)
#: TensorFlow's own kind of error for it, which is no RuntimeError
_EXHAUSTED = "ResourceExhaustedError"
_NO_SPACE = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


def limit_met(error: BaseException, message: str) -> str:
    """Return the limit that *error* reports: ``memory``, ``disk`` or an empty text."""
    if isinstance(error, MemoryError):
        return "memory"
    exhausted = type(error).__name__ == _EXHAUSTED
    if exhausted or (isinstance(error, RuntimeError) and _NO_MEMORY.search(message)):
        return "memory"
    if isinstance(error, OSError) and error.errno in _NO_SPACE:
        return "disk"
    return ""
