"""What audits found, kept so that only what changed is run again.

There is one file for each exercise, the course's ``.gradproof/audit/<assignment>/<exercise>.json``.
Nothing is lost with it: it may be deleted at any time, and one that cannot be read counts as none.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import msgspec

from grader.atomic_write import write_whole
from grader.checks.plugin import Check
from grader.exercise import Text

from .measurement import Measurement

#: the same as in a kit: what gradproof keeps for itself
HOME = ".gradproof"


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What an audit knows of a check without collecting it again.

    Attributes:
        line: where it starts in the file of public or of hidden checks.
    """

    name: str
    points: Fraction
    sentence: Text
    hidden: bool
    line: int

    @classmethod
    def of(cls, check: Check) -> CheckFacts:
        """Return the facts about a collected check."""
        return cls(check.name, check.points, check.sentence, check.hidden, check.line)


@dataclass(frozen=True, slots=True)
class MutantVerdict:
    """What became of one mutant.

    Attributes:
        outcome: a check failed, none did, or one broke.

        problem: which check broke, and how.
    """

    outcome: Literal["killed", "survived", "broken"]
    problem: str = ""


@dataclass
class KeptResults:
    """What is known of one exercise.

    Attributes:
        fingerprint: the identity of all that trials and mutants have in common.

        trials: by :func:`~.fingerprint.trial_key`.

        mutants: by what they consist of.
    """

    fingerprint: str
    checks: list[CheckFacts] = field(default_factory=list)
    trials: dict[str, Measurement] = field(default_factory=dict)
    mutants: dict[str, MutantVerdict] = field(default_factory=dict)
    schema: Literal["gradproof/audit-results/v1"] = "gradproof/audit-results/v1"


def read_results(root: Path, label: str, fingerprint: str) -> KeptResults:
    """Return what an earlier audit kept of the exercise ``assignment/exercise``.

    There is nothing if none did, if *fingerprint* has changed, or if the file is damaged.

    Args:
        root: of the course.
    """
    try:
        kept = _DECODER.decode(_path(root, label).read_bytes())
    except (OSError, msgspec.MsgspecError, ArithmeticError):
        return KeptResults(fingerprint)
    return kept if kept.fingerprint == fingerprint else KeptResults(fingerprint)


def write_results(root: Path, label: str, results: KeptResults) -> None:
    """Keep *results* and nothing else; where nothing can be kept, nothing is."""
    write_hidden(root, _path(root, label), _ENCODER.encode(results))


def write_hidden(root: Path, path: Path, content: bytes) -> None:
    """Write a file of gradproof's own in the course, if that can be done."""
    with contextlib.suppress(OSError):
        # the directory hides itself from git, in every course
        write_whole(root / HOME / ".gitignore", b"*\n")
        write_whole(path, content + b"\n")


def _path(root: Path, label: str) -> Path:
    return root / HOME / "audit" / f"{label}.json"


def _encoded(value: object) -> str:
    """Return the text of a value that JSON does not have: a fraction."""
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} cannot be kept")


def _decoded(kind: type, value: str) -> Any:
    return kind(value)


_ENCODER = msgspec.json.Encoder(enc_hook=_encoded)
_DECODER = msgspec.json.Decoder(KeptResults, dec_hook=_decoded)
