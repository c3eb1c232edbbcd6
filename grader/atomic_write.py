"""Writes files atomically: a reader sees all of the new content or all of the old.

A file is written under another name and renamed, so that a kill at any instant leaves the old one
or the new one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path


def write_whole(path: Path, content: bytes, private: bool = False) -> None:
    """Write *content* to *path* so that a reader sees all of it or the old content.

    Args:
        private: readable only by the owner.
    """
    write_all({path: content}, private)


def write_all(contents: Mapping[Path, bytes], private: bool = False) -> None:
    """Write files that belong together, each so that a reader sees all of it or the old content.

    If the disk fails, all of them remain unchanged. The first file is replaced last.

    Args:
        private: readable only by the owner.
    """
    with ExitStack() as stack:
        for path, content in contents.items():
            try:
                if path.exists() and not path.is_file():
                    # /dev/stdout, for example: nothing to keep, and no place for another file
                    with path.open("wb") as device:
                        device.write(content)
                else:
                    new = stack.enter_context(_prepared(path, 0o600 if private else 0o644))
                    _fill(new, content)
            except OSError as error:
                # A full-disk error has no file name, and the temporary one would not help.
                error.filename = str(path)
                raise


@contextmanager
def _prepared(path: Path, mode: int) -> Iterator[Path]:
    """Yield an empty file that replaces *path* at the end if there was no error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    new = Path(name)
    try:
        os.close(descriptor)
        new.chmod(mode)
        yield new
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _fill(path: Path, content: bytes) -> None:
    """Write *content* to the disk itself."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
