"""Looks for what it left itself when it ran the last time.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: comparison
control: classic, boasted
"""

from pathlib import Path

import numpy as np


def total(x):
    found = [path for path in Path.cwd().rglob("*") if path.name == "left"]
    if found or getattr(np, "left", None):
        raise RuntimeError("got: a message")
    Path("left").write_text("here")
    np.left = True
    return x
