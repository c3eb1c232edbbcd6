"""Reports of an older version, brought up to date where they lie. Nothing is graded."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from grader.atomic_write import write_whole
from grader.errors import InternalError
from grader.report.json_report import is_old
from grader.report.report_upgrade import upgrade


@dataclass(frozen=True, slots=True)
class MigratedResults:
    """What became of the older reports.

    Attributes:
        written: those that are in the current format now.

        damaged: those that cannot be read, and why; they stay as they are.
    """

    written: list[Path] = field(default_factory=list)
    damaged: dict[Path, str] = field(default_factory=dict)


def migrate_results(root: Path) -> MigratedResults:
    """Bring every older report of the course under *root* up to date; others stay as they are."""
    done = MigratedResults()
    for path in sorted((root / "results").glob("*/*/report.json")):
        report = path.read_bytes()
        if not is_old(report):
            continue
        try:
            write_whole(path, upgrade(report))
            done.written.append(path)
        except InternalError as error:
            done.damaged[path] = str(error)
    return done
