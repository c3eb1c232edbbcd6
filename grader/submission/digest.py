"""One number for what was handed in. Standard library only."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable


def digest(files: Iterable[tuple[str, bytes]]) -> str:
    """Return the SHA-256 over relative names and bytes, in hexadecimal.

    Order and dates of the files do not matter; names that differ only in how a file system
    spells an accent (NFC or NFD) are the same name.
    """
    parts = [_sha(_spelled(name)) + _sha(data) for name, data in files]
    return hashlib.sha256(b"".join(sorted(parts))).hexdigest()


def _spelled(name: str) -> bytes:
    return unicodedata.normalize("NFC", name).encode("utf-8", "surrogatepass")


def _sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
