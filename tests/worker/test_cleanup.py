"""Folders that a learner's code has locked can be removed."""

from __future__ import annotations

from pathlib import Path

from grader.worker.cleanup import remove


def test_what_is_locked_is_removed(tmp_path: Path) -> None:
    """Whatever the permissions are, of the folder itself and of those below it."""
    root = tmp_path / "work"
    inner = root / "deep" / "deeper"
    inner.mkdir(parents=True)
    (inner / "file").write_text("here")
    for path in (inner, inner.parent, root):
        path.chmod(0)

    remove(root)

    assert not root.exists()


def test_what_a_link_leads_to_is_left_alone(tmp_path: Path) -> None:
    """Neither removed nor unlocked."""
    other = tmp_path / "other"
    other.mkdir(mode=0o500)
    root = tmp_path / "work"
    root.mkdir()
    (root / "link").symlink_to(other)

    remove(root)

    assert not root.exists()
    assert other.stat().st_mode & 0o777 == 0o500
