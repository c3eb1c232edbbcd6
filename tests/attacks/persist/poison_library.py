"""Writes another file over a library's on the disk.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: private root, Landlock
control: none, it would damage this machine's Python
"""

import json
from pathlib import Path

import numpy as np

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    place = Path(np.__file__).parent / f"{TARGET['tag']}.py"
    place.write_text("raise SystemExit")
    place.unlink()
    raise RuntimeError("got: the library")
