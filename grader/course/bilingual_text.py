"""Names and bilingual sentences in the course's TOML files."""

from __future__ import annotations

import keyword

import msgspec

from ..exercise import Text

# Notebook cells are named after their exercise, and nbformat allows 64 characters.
_LONGEST = 50


class BothLanguages(msgspec.Struct, forbid_unknown_fields=True):
    """``{ en = "...", zh = "..." }``; raises ValueError if one is empty."""

    en: str
    zh: str

    def __post_init__(self) -> None:
        if not self.en.strip() or not self.zh.strip():
            raise ValueError("a text is empty; write it in English (en) and in Chinese (zh)")

    def text(self) -> Text:
        """Return the sentence as a :class:`Text`."""
        return Text(self.en, self.zh)


def check_name(name: str) -> None:
    """Raise ValueError unless *name* is valid for a Python function and its files."""
    if not (name.isidentifier() and name.isascii()) or keyword.iskeyword(name):
        what = f"{name!r} is not a valid name"
        raise ValueError(f"{what}; use English letters, digits and underscores")
    if len(name) > _LONGEST:
        raise ValueError(f"{name!r} is longer than {_LONGEST} characters; shorten it")
