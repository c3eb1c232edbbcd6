"""nbgrader, if it is installed."""

from __future__ import annotations

import functools
import importlib
import os
import sysconfig
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from grader.errors import UsageError
from grader.language import _


def nbgrader_module(name: str) -> Any:
    """Return ``nbgrader.<name>``; raises UsageError, with what to do, if there is none."""
    try:
        return importlib.import_module(f"nbgrader.{name}")
    except ModuleNotFoundError as error:
        text = _('nbgrader is not installed ({what}). Run: pip install "gradproof[nbgrader]"')
        raise UsageError(text.format(what=error)) from None


def keep_engines() -> None:
    """Have nbgrader connect to a gradebook by one engine, as SQLAlchemy means them to be used.

    While it autogrades a notebook it opens the gradebook about ten times, and makes an engine each
    time, which compiles every statement anew. One that is kept remembers them.
    """
    api = nbgrader_module("api")
    if not hasattr(api.create_engine, "cache_info"):
        api.create_engine = functools.cache(api.create_engine)


@contextmanager
def at_ease() -> Iterator[None]:
    """Give nbgrader what it takes for granted while it opens a gradebook and writes to it.

    It starts ``alembic``, which lies beside this Python, by its bare name. And it links rows before
    it adds them, which SQLAlchemy 2 remarks on, though they are added all the same.
    """
    from sqlalchemy.exc import SAWarning

    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join([sysconfig.get_path("scripts"), before])
    try:
        with warnings.catch_warnings():
            message = "Object of type .* not in session"
            warnings.filterwarnings("ignore", message=message, category=SAWarning)
            yield
    finally:
        os.environ["PATH"] = before
