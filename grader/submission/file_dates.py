"""When files were changed: how a save is noticed, on network file systems, too."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def dates_of(paths: Iterable[Path]) -> list[tuple[Path, int]]:
    """Return the files among *paths*, sorted, each with the time in nanoseconds of its last change.

    What is no file, or is none any longer, is left out.
    """
    dates = {path: _date(path) for path in paths}
    return sorted((path, date) for path, date in dates.items() if date is not None)


def _date(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns if path.is_file() else None
    except OSError:
        return None
