"""A limit on the memory of this process: where a course's code runs on what learners made."""

from __future__ import annotations

from pathlib import Path

_STATM = Path("/proc/self/statm")

#: what is allowed now, and what may be allowed at most
SoftAndHard = tuple[int, int]


def limit_memory(mebibytes: int) -> SoftAndHard | None:
    """Limit this process to this much memory beyond its current use; return the limit before.

    Where the system does not tell what is in use, there is no limit, and None is returned.
    """
    if not _STATM.exists():
        return None
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    pages = int(_STATM.read_text("ascii").split()[5])
    most = pages * resource.getpagesize() + mebibytes * 2**20
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    return soft, hard
