"""Reads what another's submission, graded meanwhile, has beside it.

must hold: the secret is in no report
stopped by: private root, Landlock
control: off, stolen
"""

import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    folder = Path(TARGET["next_door"])
    (place,) = os.listdir(folder)
    raise RuntimeError((folder / place / "notes.txt").read_text())
