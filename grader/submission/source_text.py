"""Decode source code, whatever editor wrote it, and write it back in the same way."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from ..errors import SubmissionError
from ..language import _

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
# Encodings that people use; "unicode_escape" and similar ones could make lone surrogates.
_KNOWN = re.compile(r"ascii|big5|cp\d|euc_|gb|hz|iso8859|koi8|latin|mac|shift_jis|utf-8")
_UNSENDABLE = re.compile("[\0\ud800-\udfff]")
_LINE_END = re.compile("\r\n|\r|\n")
_MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What a file holds after its text has changed.

    Attributes:
        lacking: the encoding that the file had, if it lacks a character of the new text, which is
            in UTF-8 therefore; otherwise empty.
    """

    data: bytes
    lacking: str = ""


def decode(data: bytes) -> str:
    r"""Return *data* as text whose lines end in ``\n``.

    Tries, in this order: UTF-16 and UTF-8 with a byte order mark, UTF-8, the encoding declared as
    in PEP 263, GB 18030, Windows-1252, Latin-1. Raises SubmissionError if the text contains NUL
    characters.
    """
    text = _LINE_END.sub("\n", _read(data)[0])
    if "\0" in text:
        raise SubmissionError(
            _("this is not a text file (it contains NUL bytes); save it again as UTF-8 text.")
        )
    return text


def rewritten(data: bytes, text: str) -> Rewritten:
    r"""Return what takes the place of *data* in a file if its text is now *text*.

    The encoding stays, with its byte order mark, as long as it has all characters. Lines that are
    the same as before, at the beginning and at the end, keep their ends; others get the usual one.

    Args:
        text: lines that end in ``\n``, as :func:`decode` returns them.
    """
    before, encoding, mark = _read(data)
    if encoding == "gb18030" and _has("gbk", before):
        encoding = "gbk"  # what most editors that know no more of it can read
    text = _with_line_ends(before, text)
    if _has(encoding, text):
        return Rewritten(mark + text.encode(encoding))
    return Rewritten(_declared_as_utf_8(text.encode("utf-8")), encoding.upper())


def sendable(text: str) -> str:
    """Return *text* with characters that UTF-8 source cannot contain replaced by U+FFFD."""
    return _UNSENDABLE.sub("\ufffd", text)


def _read(data: bytes) -> tuple[str, str, bytes]:
    """Return the text of *data*, its encoding, and its byte order mark."""
    for encoding, mark in _MARKS.items():
        if data.startswith(mark):
            return data.removeprefix(mark).decode(encoding, "replace"), encoding, mark
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    for encoding in ("utf-8", _cookie(data), "gb18030", "cp1252"):
        try:
            return data.removeprefix(mark).decode(encoding), encoding, mark
        except (LookupError, ValueError):
            mark = b""  # it belongs to UTF-8 alone
    return data.decode("latin-1"), "latin-1", b""


def _has(encoding: str, text: str) -> bool:
    """Whether *encoding* has every character of *text*."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _with_line_ends(before: str, text: str) -> str:
    """Return *text* with the line ends that *before* has."""
    ends = _LINE_END.findall(before)
    old, new = _LINE_END.split(before), text.split("\n")
    usual = max(Counter(ends).items(), key=lambda item: item[1], default=("\n", 0))[0]
    same = _number_equal(zip(old, new, strict=False))
    most = min(len(old), len(new)) - same
    same_below = min(most, _number_equal(zip(reversed(old), reversed(new), strict=False)))
    above = ends[: min(same, len(new) - 1)]
    below = ends[len(ends) - same_below + 1 :] if same_below else []
    between = [usual] * (len(new) - 1 - len(above) - len(below))
    return "".join(map("".join, zip(new, [*above, *between, *below, ""], strict=True)))


def _number_equal(pairs: Iterable[tuple[str, str]]) -> int:
    """Return the number of pairs before the first whose two parts differ."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _declared_as_utf_8(data: bytes) -> bytes:
    """Return *data*, which is in UTF-8, without a declaration of another encoding."""
    lines = data.split(b"\n", 2)
    for i, line in enumerate(lines[:2]):
        if found := _COOKIE.match(line):
            lines[i] = line[: found.start(1)] + b"utf-8" + line[found.end(1) :]
    return b"\n".join(lines)


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
