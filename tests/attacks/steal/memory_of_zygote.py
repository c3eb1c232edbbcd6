"""Opens the memory of the process that starts everyone's submission.

must hold: the secret is in no report
stopped by: private root, Landlock
control: off, boasted
"""

import json
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    with Path(f"/proc/{TARGET['zygote']}/mem").open("r+b", 0):
        raise RuntimeError("got: all who come after")
