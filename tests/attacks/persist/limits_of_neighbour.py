"""Takes the right to open files from another's submission that is graded meanwhile.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, namespaces
control: off, the neighbour is hurt
"""

import json
import resource
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    resource.prlimit(TARGET["neighbour"], resource.RLIMIT_NOFILE, (0, 0))
    return x
