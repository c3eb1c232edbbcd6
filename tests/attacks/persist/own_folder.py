"""Leaves files, links and locked folders in its own folder.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: comparison, filter
control: classic, files left
"""

import os
from pathlib import Path


def total(x):
    for number in range(50):
        place = Path(f"folder{number}") / "deep" / "deeper"
        place.mkdir(parents=True)
        (place / "file").write_text("here")
        os.symlink("/", place / "link")
        place.chmod(0)
    return x
