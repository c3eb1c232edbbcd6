"""The results of a course in ``results/<assignment>/<learner>/``, written so that nothing is lost.

A report contains the fingerprint of everything that its grade depends on; scoring again grades only
what has changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import grader
from grader.atomic_write import write_all, write_whole
from grader.errors import GraderError, UsageError
from grader.language import _
from grader.outcome import Result
from grader.report.json_report import from_json, is_old, to_json


class Results:
    """The reports of one assignment.

    Args:
        root: the course's ``results/`` directory.
    """

    def __init__(self, root: Path, assignment: str) -> None:
        self.directory = root / assignment

    def path(self, learner: str, name: str = "report.json") -> Path:
        """Return the path of a learner's report."""
        return self.directory / learner / name

    def read(self, learner: str) -> tuple[Result, str | None] | None:
        """Return a learner's result and its fingerprint; None if there is no readable one."""
        try:
            return from_json(self.path(learner).read_bytes())
        except (OSError, GraderError):
            return None

    def read_attempt(self, learner: str, digest: str) -> tuple[Result, str | None] | None:
        """Return the result of the attempt with this digest, where several may count."""
        try:
            return from_json(self._attempt(learner, digest).read_bytes())
        except (OSError, GraderError):
            return None

    def write_attempt(self, result: Result, digest: str, fingerprint: str) -> None:
        """Write the result of an attempt, of which another may count."""
        write_whole(self._attempt(result.learner, digest), to_json(result, fingerprint))

    def _attempt(self, learner: str, digest: str) -> Path:
        return self.directory / learner / "attempts" / f"{digest[:12]}.json"

    def require_current(self, learners: Iterable[str]) -> None:
        """Raise UsageError if a report of *learners* has an older format.

        It would otherwise be treated as missing.
        """
        paths = filter(Path.is_file, map(self.path, learners))
        old = sum(is_old(path.read_bytes()) for path in paths)
        if old:
            text = _(
                "Reports in {directory} from an older version of gradproof: {count}. Run: "
                "gradproof migrate"
            )
            raise UsageError(text.format(count=old, directory=self.directory))

    def write(self, result: Result, fingerprint: str, markdown: str) -> None:
        """Write a learner's reports; the JSON last, since its presence means that both exist.

        If the disk is full, both remain unchanged.
        """
        report, page = self.path(result.learner), self.path(result.learner, "report.md")
        write_all({report: to_json(result, fingerprint), page: markdown.encode()})


def own_sources() -> list[Path]:
    """Return gradproof's own code, with the catalogues: reports are kept with their sentences."""
    package = Path(grader.__file__).parent
    return sorted(path for path in package.rglob("*") if path.suffix in {".py", ".mo"})
