"""Remove directories that a submission has left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path


def remove(path: Path) -> None:
    """Remove a directory tree, even if a submission has taken away permissions."""
    with contextlib.suppress(OSError):
        path.chmod(0o700)
    for place, folders, _files in os.walk(path):
        for folder in folders:
            inner = Path(place, folder)
            # A link could lead out of the scratch folder.
            if not inner.is_symlink():
                with contextlib.suppress(OSError):
                    inner.chmod(0o700)
    shutil.rmtree(path, ignore_errors=True)
