"""Which limit an exception tells of."""

from __future__ import annotations

import errno

import numpy as np
import pytest

from grader.worker.limits import limit_met


@pytest.mark.parametrize(
    ("error", "limit"),
    [
        (MemoryError(), "memory"),
        (RuntimeError("[enforce fail at alloc_cpu.cpp:121] . DefaultCPUAllocator: can't allocate "
                      "memory: you tried to allocate 99 bytes."), "memory"),
        (RuntimeError("CUDA out of memory. Tried to allocate 20.00 MiB."), "memory"),
        (RuntimeError("RESOURCE_EXHAUSTED: Out of memory allocating 99 bytes"), "memory"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk"),
        (OSError(errno.EFBIG, "File too large"), "disk"),
        (OSError(errno.EACCES, "Permission denied"), ""),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), ""),
        (ValueError("out of memory"), ""),
    ],
)  # fmt: skip
def test_an_exception_names_its_limit(error: Exception, limit: str) -> None:
    """As Python, PyTorch and JAX word it; what else went wrong is no limit."""
    assert limit_met(error, str(error)) == limit


def test_numpys_own_exception_is_one_of_memory() -> None:
    """NumPy raises a kind of MemoryError that says how large the array would be."""
    with pytest.raises(MemoryError) as raised:
        np.ones(2**60, np.uint8)

    assert limit_met(raised.value, str(raised.value)) == "memory"
