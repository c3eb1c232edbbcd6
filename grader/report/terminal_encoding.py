"""Replacements for characters that a terminal cannot show.

``✓`` and ``✗`` must not become the same question mark.
"""

from __future__ import annotations

import codecs

from grader.exercise import Language

#: name of the error handler, for ``errors=``
NEAREST = "gradproof-nearest"

#: replacements, the best first, each one cell wide
_LIKE = {
    "✓": "√+",
    "✗": "×x",
    "·": ".",
    "–": "-",
    "—": "-",
    "−": "-",
    "─": "-",
    "…": ".",
    "█": "#",
    "░": ".",
    "×": "x",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
}

_LETTERS: dict[Language, str] = {"en": "", "zh": "通过"}


def showable(language: Language, encoding: str | None) -> Language:
    """Return *language*, or English if *encoding* lacks its characters."""
    return language if _has(encoding or "utf-8", _LETTERS[language]) else "en"


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    return "".join(_in_place_of(letter, error.encoding) for letter in letters), error.end


def _in_place_of(letter: str, encoding: str) -> str:
    # "charmap" is any of the old code pages, which all contain ASCII.
    known = "ascii" if encoding == "charmap" else encoding
    return next((like for like in _LIKE.get(letter, "") if _has(known, like)), "?")


def _has(encoding: str, letters: str) -> bool:
    try:
        letters.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


codecs.register_error(NEAREST, _nearest)
