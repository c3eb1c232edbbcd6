"""The digest of a submission. Uses only the standard library."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable


def digest(files: Iterable[tuple[str, bytes]]) -> str:
    """Return the SHA-256 of all relative names and contents, in hexadecimal.

    The order and dates of the files do not matter. Names that differ only in Unicode normalisation
    (NFC or NFD) are equal.
    """
    parts = [_sha(_spelled(name)) + _sha(data) for name, data in files]
    return hashlib.sha256(b"".join(sorted(parts))).hexdigest()


def _spelled(name: str) -> bytes:
    return unicodedata.normalize("NFC", name).encode("utf-8", "surrogatepass")


def _sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
