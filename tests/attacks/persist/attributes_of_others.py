"""Writes a note into the attributes of a file of the course.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, private root
control: off, files left
"""

import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    os.setxattr(TARGET["reference"], "user.note", b"hello")
    return x
