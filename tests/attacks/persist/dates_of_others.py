"""Makes another learner's older file the younger one, which is the one that counts.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, private root
control: off, files left
"""

import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    os.utime(Path(TARGET["submissions"]) / "eve.py", (0, 0))
    return x
