"""Decode source code, whatever editor wrote it."""

from __future__ import annotations

import codecs
import re

from ..errors import SubmissionError
from ..language import _

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
# Encodings that people use; "unicode_escape" and similar ones could make lone surrogates.
_KNOWN = re.compile(r"ascii|big5|cp\d|euc_|gb|hz|iso8859|koi8|latin|mac|shift_jis|utf-8")
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")


def decode(data: bytes) -> str:
    r"""Return *data* as text whose lines end in ``\n``.

    Tries, in this order: UTF-16 and UTF-8 with a byte order mark, UTF-8, the encoding declared as
    in PEP 263, GB 18030, Latin-1. Raises SubmissionError if the text contains NUL characters.
    """
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise SubmissionError(
            _("this is not a text file (it contains NUL bytes); save it again as UTF-8 text.")
        )
    return text


def sendable(text: str) -> str:
    """Return *text* with characters that UTF-8 source cannot contain replaced by U+FFFD."""
    return _UNSENDABLE.sub("\ufffd", text)


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", _cookie(data), "gb18030"):
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def _cookie(data: bytes) -> str:
    """Return the codec declared in the first two lines, if it is a known one."""
    for line in data.split(b"\n", 2)[:2]:
        if found := _COOKIE.match(line):
            try:
                name = codecs.lookup(found.group(1).decode()).name
            except LookupError:
                return "utf-8"
            return name if _KNOWN.match(name) else "utf-8"
    return "utf-8"
