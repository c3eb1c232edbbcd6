"""Makes a link to the reference in its own folder and opens that.

must hold: the secret is in no report
stopped by: private root, Landlock
control: off, stolen
"""

import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    os.symlink(TARGET["reference"], "mine.py")
    raise RuntimeError(Path("mine.py").read_text())
