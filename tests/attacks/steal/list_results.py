"""Lists the folder of results, where a name tells enough.

must hold: the secret is in no report
stopped by: private root, Landlock
control: off, stolen
"""

import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    raise RuntimeError(str(os.listdir(TARGET["results"])))
