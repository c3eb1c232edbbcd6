"""nbgrader, if it is installed."""

from __future__ import annotations

import importlib
import os
import sysconfig
import warnings
from collections.abc import Callable, Iterator
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
    """Have nbgrader connect to a gradebook in a file by one engine, as SQLAlchemy means it.

    While it autogrades a notebook it opens the gradebook about ten times, and makes an engine each
    time, which compiles every statement anew. One that is kept remembers them.
    """
    api = nbgrader_module("api")
    if not isinstance(api.create_engine, _Engines):
        api.create_engine = _Engines(api.create_engine)


class _Engines:
    """Makes engines, and keeps those of files.

    No connection is kept with them: closing one gradebook would leave those of another to nobody.
    A file is opened again in no time, which is not true of a server.
    """

    def __init__(self, create: Callable[..., Any]) -> None:
        self._create = create
        self._kept: dict[str, Any] = {}

    def __call__(self, url: str, **more: Any) -> Any:
        from sqlalchemy.pool import NullPool

        if not url.startswith("sqlite:///") or ":memory:" in url:
            return self._create(url, **more)
        if url not in self._kept:
            self._kept[url] = self._create(url, poolclass=NullPool, **more)
        return self._kept[url]


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
