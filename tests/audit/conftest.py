"""The miniature course and shared zygotes, for these tests."""

from __future__ import annotations

import os

import pytest

from grader.audit import course_audit, mutation_testing
from grader.sandbox.zygote import Zygote

from ..mini_course import course, edit, root, source
from ..warmup import made

__all__ = ["course", "edit", "root", "source"]


@pytest.fixture(scope="package")
def walls():
    """Return two zygotes for NumPy, which each test would have to wait for otherwise."""
    with Zygote(("numpy",)) as one, Zygote(("numpy",)) as other:
        # heard here, because only one process can hear it
        assert one.ready and other.ready
        yield [one, other]


@pytest.fixture
def quick(walls, monkeypatch):
    """Let every audit use the shared zygotes, each for one process at a time."""
    free = list(walls)

    class Lent:
        def __init__(self, exercises=(), level=""):
            self.zygote = free.pop()

        def __enter__(self):
            return self.zygote

        def __exit__(self, *exception):
            free.append(self.zygote)

    for module in (course_audit, mutation_testing):
        monkeypatch.setattr(module, "zygote_for", Lent)
    monkeypatch.setattr(Zygote, "clone", lambda self: Lent())
    monkeypatch.setattr(os, "cpu_count", lambda: 1)


@pytest.fixture
def warmup(tmp_path):
    """Return a fresh course of one exercise."""
    return made(tmp_path / "course")
