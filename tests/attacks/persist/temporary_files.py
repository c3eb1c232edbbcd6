"""Leaves files in every folder that all may write to.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: private root, Landlock
not stopped: user (files left)
control: off, files left
"""

import json
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    refused = None
    for place in ("/tmp", "/var/tmp", "/dev/shm", "/run", TARGET["marker"]):
        try:
            (Path(place) / (TARGET["tag"] + "-note")).write_text("for the next one")
        except OSError as error:
            refused = error
    raise refused or RuntimeError("got: all")
