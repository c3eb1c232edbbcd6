"""Has the machine run another process of the same user last.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, namespaces
control: off, the victim is hurt
"""

import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    os.setpriority(os.PRIO_PROCESS, TARGET["victim"], 19)
    return x
