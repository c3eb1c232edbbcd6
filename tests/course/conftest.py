"""The miniature course, for these tests; and pictures that nobody looks at."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from unittest.mock import MagicMock

import pytest

from ..mini_course import course, edit, root, source

__all__ = ["course", "edit", "root", "source"]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return a list to which every picture adds; without matplotlib, nothing is drawn."""
    found: list[str] = []
    if importlib.util.find_spec("matplotlib"):
        matplotlib = importlib.import_module("matplotlib")
        matplotlib.use("Agg")
        plt = importlib.import_module("matplotlib.pyplot")
    else:
        plt = MagicMock()
        plt.subplots = lambda _rows, columns, **_kwargs: (MagicMock(), [MagicMock()] * columns)
        monkeypatch.setitem(sys.modules, "matplotlib", MagicMock(pyplot=plt))
        monkeypatch.setitem(sys.modules, "matplotlib.pyplot", plt)
    monkeypatch.setattr(plt, "show", lambda: found.append("a picture"))
    yield found
    plt.close("all")
