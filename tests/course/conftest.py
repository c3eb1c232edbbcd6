"""The miniature course, for these tests."""

from __future__ import annotations

from ..mini_course import course, edit, root, source

__all__ = ["course", "edit", "root", "source"]
