"""Opens what another learner has handed in.

must hold: the secret is in no report
stopped by: private root, Landlock
control: off, stolen
"""

import json
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    raise RuntimeError((Path(TARGET["submissions"]) / "eve.py").read_text())
