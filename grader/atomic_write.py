"""Files written so that a reader sees all of the new content or all of what was there before.

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
    """Write *content* at *path* so that a reader sees all of it or what was there before.

    Args:
        private: for nobody else's eyes.
    """
    write_all({path: content}, private)


def write_all(contents: Mapping[Path, bytes], private: bool = False) -> None:
    """Write files that belong together, each so that a reader sees all of it or what was there.

    A disk that fails leaves all of them as they were. The first takes its place last.

    Args:
        private: for nobody else's eyes.
    """
    with ExitStack() as stack:
        for path, content in contents.items():
            try:
                if path.exists() and not path.is_file():
                    # /dev/stdout, say: nothing to keep, and no place for another file
                    with path.open("wb") as device:
                        device.write(content)
                else:
                    new = stack.enter_context(_prepared(path, 0o600 if private else 0o644))
                    _fill(new, content)
            except OSError as error:
                # a disk that is full says no name, and that of the file beside says nothing
                error.filename = str(path)
                raise


@contextmanager
def _prepared(path: Path, mode: int) -> Iterator[Path]:
    """Yield an empty file that takes the place of *path* at the end, if nothing has gone wrong."""
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
