"""The message of an exception, and where it was raised."""

from __future__ import annotations

import traceback
from pathlib import PurePath

from .values import MAX_TEXT


def in_library(error: BaseException) -> bool:
    """Whether *error* was raised in an installed library."""
    steps = traceback.extract_tb(error.__traceback__)
    folders = PurePath(steps[-1].filename).parts if steps else ()
    return not {"site-packages", "dist-packages"}.isdisjoint(folders)


def text_of(error: BaseException) -> str:
    """Return an exception's message, shortened; empty if getting it raises."""
    try:
        return str(error)[:MAX_TEXT]
    except BaseException:
        return ""
