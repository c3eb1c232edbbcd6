"""Takes from whoever grades the right to read the course's own files.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, private root
control: off, files left
"""

import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    os.chmod(TARGET["reference"], 0)
    return x
