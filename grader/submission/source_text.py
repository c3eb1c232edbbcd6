"""Bytes of source code made text, whatever editor wrote them."""

from __future__ import annotations

import codecs
import re

from ..errors import SubmissionError
from ..language import _

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
# Encodings that people write in; "unicode_escape" and the like could make half characters.
_KNOWN = re.compile(r"ascii|big5|cp\d|euc_|gb|hz|iso8859|koi8|latin|mac|shift_jis|utf-8")
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")


def decode(data: bytes) -> str:
    r"""Return *data* as text whose lines end in ``\n``.

    Tried in turn: UTF-16 and UTF-8 with a mark, UTF-8, the coding cookie of PEP 263, GB 18030,
    Latin-1. Raises SubmissionError if the text holds NUL characters.
    """
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise SubmissionError(
            _("this is not a text file (it holds NUL bytes); save it again as UTF-8 text.")
        )
    return text


def sendable(text: str) -> str:
    """Return *text* with what no UTF-8 source may hold replaced by U+FFFD."""
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
    """Return the codec that the first two lines ask for, if it is one we trust."""
    for line in data.split(b"\n", 2)[:2]:
        if found := _COOKIE.match(line):
            try:
                name = codecs.lookup(found.group(1).decode()).name
            except LookupError:
                return "utf-8"
            return name if _KNOWN.match(name) else "utf-8"
    return "utf-8"
