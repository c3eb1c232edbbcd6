"""The receipt of a submission: digest, time and versions.

Learners can verify the zip they kept, instructors the one that arrived. A receipt shows that the
files are those that were packed. It is not a signature: anyone who changes the files can write a
new receipt.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from datetime import datetime

import msgspec

import grader
from grader.outcome import Result

from .digest import digest

#: its name in the zip
NAME = "receipt.json"
SCHEMA = "gradproof/hand-in/v1"


class Receipt(msgspec.Struct):
    """The contents of a receipt.

    Attributes:
        digest: SHA-256 of names and contents of all files except the receipt, in hexadecimal.

        packed: time of packing, UTC, in ISO 8601.

        points, offered: points for the public checks, as fractions; empty if they were not run.
    """

    schema: str
    assignment: str
    digest: str
    packed: str
    gradproof: str
    python: str
    files: list[str]
    points: str = ""
    offered: str = ""

    @property
    def in_short(self) -> str:
        """The first digits of the digest, and the time."""
        return f"{self.digest[:12]}, {self.packed}"


def receipt_for(
    assignment: str, files: Sequence[tuple[str, bytes]], now: datetime, result: Result | None
) -> Receipt:
    """Create the receipt for *files*, packed *now* (UTC)."""
    return Receipt(
        SCHEMA,
        assignment,
        digest(files),
        f"{now:%Y-%m-%dT%H:%M:%SZ}",
        grader.__version__,
        platform.python_version(),
        sorted(name for name, _data in files),
        str(result.score) if result else "",
        str(result.max_score) if result else "",
    )


def written(receipt: Receipt) -> bytes:
    """Return the receipt as a file."""
    return msgspec.json.format(msgspec.json.encode(receipt), indent=2) + b"\n"


def read_receipt(data: bytes) -> Receipt | None:
    """Return the receipt in *data*; None if it is not a receipt of gradproof."""
    try:
        receipt = msgspec.json.decode(data, type=Receipt)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return receipt if receipt.schema == SCHEMA else None


def is_for(receipt: Receipt, files: Sequence[tuple[str, bytes]]) -> bool:
    """Whether *receipt* matches *files*, which do not include the receipt itself."""
    return receipt.digest == digest(files)
