"""What an exception says, and whose it is."""

from __future__ import annotations

import traceback
from pathlib import PurePath

from .values import MAX_TEXT


def in_library(error: BaseException) -> bool:
    """Whether *error* was raised by code that was installed, and is nobody's exercise."""
    steps = traceback.extract_tb(error.__traceback__)
    folders = PurePath(steps[-1].filename).parts if steps else ()
    return not {"site-packages", "dist-packages"}.isdisjoint(folders)


def text_of(error: BaseException) -> str:
    """Return an exception's message, cut to size; empty if even that raises."""
    try:
        return str(error)[:MAX_TEXT]
    except BaseException:
        return ""
