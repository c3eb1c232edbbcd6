"""Becomes another program, which keeps the line to the grader.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, private root, separate process
control: off, files left
"""

import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    place = Path(TARGET["marker"]) / "became"
    os.execv("/bin/sh", ["sh", "-c", f"echo hello > {place}"])
