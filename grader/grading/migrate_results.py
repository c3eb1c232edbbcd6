"""Converts reports of an older version to the current format, in place. Nothing is graded."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from grader.atomic_write import write_whole
from grader.errors import InternalError
from grader.report.json_report import is_old
from grader.report.report_upgrade import upgrade


@dataclass(frozen=True, slots=True)
class MigratedResults:
    """The result of converting older reports.

    Attributes:
        written: the reports that were converted.

        damaged: the reports that cannot be read, and why; they are left unchanged.
    """

    written: list[Path] = field(default_factory=list)
    damaged: dict[Path, str] = field(default_factory=dict)


def migrate_results(root: Path) -> MigratedResults:
    """Convert every older report of the course in *root*; leave the others unchanged."""
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
