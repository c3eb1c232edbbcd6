"""Writes its own result over the one of another learner.

must hold: results are unchanged
stopped by: private root, Landlock
control: off, files left
"""

import json
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    (Path(TARGET["results"]) / "eve.json").write_text("10 / 10")
    return x
