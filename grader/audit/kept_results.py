"""What audits found, kept so that only what changed is run again.

There is one file for each exercise, the course's ``.gradproof/audit/<assignment>/<exercise>.json``.
It can be deleted at any time; an unreadable file counts as missing.
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

#: the same name as in a kit: the folder for gradproof's own files
HOME = ".gradproof"


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """The facts about a check that an audit needs without collecting it again.

    Attributes:
        line: its first line in the file of public or hidden checks.
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
    """The verdict on one mutant.

    Attributes:
        outcome: a check failed, none did, or one broke.

        problem: the check that broke, and its error; of a survivor, the checks that it blocks.
    """

    outcome: Literal["killed", "survived", "broken"]
    problem: str = ""


@dataclass
class KeptResults:
    """The kept results of one exercise.

    Attributes:
        fingerprint: the identity of everything that trials and mutants share.

        trials: by :func:`~.fingerprint.trial_key`.

        mutants: verdicts by the identity of the mutant.
    """

    fingerprint: str
    checks: list[CheckFacts] = field(default_factory=list)
    trials: dict[str, Measurement] = field(default_factory=dict)
    mutants: dict[str, MutantVerdict] = field(default_factory=dict)
    schema: Literal["gradproof/audit-results/v1"] = "gradproof/audit-results/v1"


def read_results(root: Path, label: str, fingerprint: str) -> KeptResults:
    """Return the results that an earlier audit kept for the exercise ``assignment/exercise``.

    They are empty if there are none, if *fingerprint* has changed, or if the file is damaged.

    Args:
        root: the root of the course.
    """
    try:
        kept = _DECODER.decode(_path(root, label).read_bytes())
    except (OSError, msgspec.MsgspecError, ArithmeticError):
        return KeptResults(fingerprint)
    return kept if kept.fingerprint == fingerprint else KeptResults(fingerprint)


def write_results(root: Path, label: str, results: KeptResults) -> None:
    """Keep exactly *results*; do nothing if the file cannot be written."""
    write_hidden(root, _path(root, label), _ENCODER.encode(results))


def write_hidden(root: Path, path: Path, content: bytes) -> None:
    """Write one of gradproof's own files in the course, if possible."""
    with contextlib.suppress(OSError):
        # The directory hides itself from git, in every course.
        write_whole(root / HOME / ".gitignore", b"*\n")
        write_whole(path, content + b"\n")


def _path(root: Path, label: str) -> Path:
    return root / HOME / "audit" / f"{label}.json"


def _encoded(value: object) -> str:
    """Return the text of a fraction, which JSON does not have."""
    if isinstance(value, Fraction):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} cannot be kept")


def _decoded(kind: type, value: str) -> Any:
    return kind(value)


_ENCODER = msgspec.json.Encoder(enc_hook=_encoded)
_DECODER = msgspec.json.Decoder(KeptResults, dec_hook=_decoded)
