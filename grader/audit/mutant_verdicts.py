"""Verdicts on mutants, kept from one audit to the next, so that only what changed is graded again.

They lie in the course's ``.gradproof/mutants/<assignment>.json``. Nothing is lost with them: they
may be deleted at any time, and what cannot be read is as good as deleted.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from grader.atomic_write import write_whole

#: the same as in a kit: what gradproof keeps for itself
HOME = ".gradproof"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mutant.

    Attributes:
        outcome: a check failed, none did, or one broke.

        problem: which check broke, and how.
    """

    outcome: Literal["killed", "survived", "broken"]
    problem: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    verdicts: dict[str, Verdict]
    schema: Literal["gradproof/mutants/v1"] = "gradproof/mutants/v1"


class Verdicts:
    """The verdicts on the mutants of one assignment, each by what it depends on.

    Args:
        root: of the course.
    """

    def __init__(self, root: Path, assignment: str) -> None:
        self._home = root / HOME
        self.path = self._home / "mutants" / f"{assignment}.json"

    def read(self) -> dict[str, Verdict]:
        """Return what an earlier run kept; nothing if there is none, or it is damaged."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=_File).verdicts
        except (OSError, msgspec.MsgspecError):
            return {}

    def write(self, verdicts: Mapping[str, Verdict]) -> None:
        """Keep *verdicts* and nothing else; where nothing can be kept, nothing is."""
        content = msgspec.json.format(msgspec.json.encode(_File(dict(verdicts))), indent=1)
        with contextlib.suppress(OSError):
            # the directory hides itself from git, in every course
            write_whole(self._home / ".gitignore", b"*\n")
            write_whole(self.path, content + b"\n")
