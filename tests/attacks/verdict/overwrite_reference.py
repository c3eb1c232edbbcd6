"""Writes another reference over the course's.

must hold: the course is unchanged
stopped by: private root, Landlock
control: off, files left
"""

import json
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    Path(TARGET["reference"]).write_text("def total(x):\n    return x\n")
    return x
