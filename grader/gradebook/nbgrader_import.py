"""Imports nbgrader, if it is installed."""

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
    """Return ``nbgrader.<name>``; raises UsageError, with advice, if nbgrader is not installed."""
    try:
        return importlib.import_module(f"nbgrader.{name}")
    except ModuleNotFoundError as error:
        text = _('nbgrader is not installed ({what}). Run: pip install "gradproof[nbgrader]"')
        raise UsageError(text.format(what=error)) from None


def keep_engines() -> None:
    """Make nbgrader reuse one engine for a gradebook in a file, as SQLAlchemy intends.

    While autograding a notebook, nbgrader opens the gradebook about ten times and creates an engine
    each time, which compiles every statement again. An engine that is kept caches them.
    """
    api = nbgrader_module("api")
    if not isinstance(api.create_engine, _Engines):
        api.create_engine = _Engines(api.create_engine)


class _Engines:
    """Creates engines, and keeps those of files.

    They keep no connections: closing one gradebook would leave those of another without an owner.
    Reopening a file is fast, unlike a connection to a server.
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
    """Provide what nbgrader assumes while it opens a gradebook and writes to it.

    It starts ``alembic``, which is beside this Python, by its bare name. And it links rows before
    it adds them, about which SQLAlchemy 2 warns although they are added.
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
