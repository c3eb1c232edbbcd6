from __future__ import annotations

import os
import tempfile

import pytest

from grader.sandbox.scratch_directory import remove, scratch_directory


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Use a temporary directory of our own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def test_what_a_killed_process_left_is_removed(tmp_path):
    """A directory whose lock is gone goes too, with what is in it; one in use stays."""
    used, lock = scratch_directory()
    abandoned, its_lock = scratch_directory()
    (abandoned / "left").write_text("behind")
    os.close(its_lock)

    new, new_lock = scratch_directory()

    assert sorted(tmp_path.iterdir()) == sorted([used, new])
    os.close(lock)
    os.close(new_lock)


def test_what_learners_code_has_locked_is_removed(tmp_path):
    """Folders without permissions go too; what links lead to keeps its permissions."""
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o750)
    inner = tmp_path / "scratch" / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "file").write_text("x")
    (tmp_path / "scratch" / "link").symlink_to(outside)
    inner.chmod(0)
    inner.parent.chmod(0)

    remove(tmp_path / "scratch")

    assert list(tmp_path.iterdir()) == [outside]
    assert outside.stat().st_mode & 0o777 == 0o750


def test_other_peoples_directories_are_let_alone(tmp_path):
    """Only names of ours are looked at, and links are not followed."""
    (tmp_path / "gradproof-notes").mkdir()
    (tmp_path / "target").mkdir()
    (tmp_path / "gradproof-zygote-link").symlink_to(tmp_path / "target")

    _path, lock = scratch_directory()
    os.close(lock)

    assert (tmp_path / "gradproof-notes").is_dir()
    assert (tmp_path / "target").is_dir()
    assert (tmp_path / "gradproof-zygote-link").is_symlink()
