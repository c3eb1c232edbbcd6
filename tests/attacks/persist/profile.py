"""Adds a line to the file that a shell runs when whoever grades logs in.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: private root, Landlock
control: off, files left
"""

import json
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    with (Path(TARGET["home"]) / ".profile").open("a") as file:
        file.write("true\n")
    return x
