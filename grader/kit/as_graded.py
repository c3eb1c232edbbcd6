"""The kit's folder as grading would find it: with the files that came with it as they came."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_ENVIRONMENT = "pyvenv.cfg"
_ELSEWHERE = frozenset({"site-packages", "node_modules", "__pycache__"})


@contextmanager
def as_graded(folder: Path, originals: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield *folder*, or one like it in which *originals* lie, by their paths.

    The learner's files are linked there, so nothing of theirs is copied or changed; what their
    code writes beside them is gone afterwards.
    """
    if not originals:
        yield folder
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        there = Path(made, folder.name)
        there.mkdir()
        _mirror(folder, there, originals.keys())
        for name, data in originals.items():
            path = there / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield there


def _mirror(folder: Path, there: Path, without: Collection[str]) -> None:
    """Link what is in *folder* into *there*; folders of the learner's own are made anew."""
    left_out = {folder / name for name in without}
    for place, folders, files in os.walk(folder):
        target = there / Path(place).relative_to(folder)
        kept = [name for name in folders if _is_own(Path(place, name))]
        for name in kept:
            (target / name).mkdir()
        for name in [*files, *(set(folders) - set(kept))]:
            if Path(place, name) not in left_out:
                _link(Path(place, name).absolute(), target / name)
        folders[:] = kept


def _is_own(folder: Path) -> bool:
    hidden = folder.name.startswith(".") or folder.name in _ELSEWHERE
    return not (hidden or folder.is_symlink() or (folder / _ENVIRONMENT).exists())


def _link(path: Path, link: Path) -> None:
    try:
        link.symlink_to(path, path.is_dir())
    except OSError:  # Windows asks for a right that few have
        if path.is_file():
            shutil.copy2(path, link)
