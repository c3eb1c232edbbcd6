"""The language of a run: English or Chinese. Standard library only.

A run uses one language, so messages are translated where they are created.
English texts are the keys; the Chinese texts are in ``locale/zh/LC_MESSAGES/gradproof.po``.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from .exercise import Language

_LOCALES = Path(__file__).with_name("locale")
_current: gettext.NullTranslations = gettext.NullTranslations()
_language: Language = "en"
#: what stands between names, between a few words each, between longer parts and between sentences
NAMES: dict[Language, str] = {"en": ", ", "zh": "、"}
REMARKS: dict[Language, str] = {"en": ", ", "zh": "，"}
CLAUSES: dict[Language, str] = {"en": "; ", "zh": "；"}
SENTENCES: dict[Language, str] = {"en": " ", "zh": ""}


def use(language: Language) -> None:
    """Use *language* from now on."""
    global _current, _language
    _language = language
    _current = gettext.translation(
        "gradproof", localedir=str(_LOCALES), languages=[language], fallback=True
    )


def current() -> Language:
    """Return the language of this run."""
    return _language


def preferred() -> Language:
    """Return the language from ``GRADPROOF_LANG``, then the locale; otherwise English."""
    asked = os.environ.get("GRADPROOF_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG")
    asked = asked or locale.getlocale()[0] or ""
    return "zh" if asked.lower().startswith("zh") else "en"


def _(message: str) -> str:
    """Return *message* in the language of this run."""
    return _current.gettext(message)


def listed(
    items: Iterable[object],
    between: Mapping[Language, str] = NAMES,
    *,
    most: int | None = None,
    said: Language | None = None,
) -> str:
    """Return *items* one after another, separated as the language does it.

    Args:
        between: what separates them, by language.

        most: how many to name; "…" stands for the others.

        said: the language, if not that of this run.
    """
    names = [str(item) for item in items]
    if most is not None and len(names) > most:
        names[most:] = ["…"]
    return between[said or _language].join(names)
