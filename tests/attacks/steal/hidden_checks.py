"""Opens the hidden checks by their path.

must hold: the secret is in no report
stopped by: private root, Landlock
control: off, stolen
"""

import json
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    raise RuntimeError((Path(TARGET["root"]) / "checks/total/test_hidden.py").read_text())
