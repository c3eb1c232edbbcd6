"""Writes a table of jobs to run every minute.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: private root, Landlock
control: off, files left
"""

import json
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    (Path(TARGET["spool"]) / "mallory").write_text("* * * * * true\n")
    return x
