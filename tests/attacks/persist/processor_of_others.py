"""Confines another process of the same user to one processor.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, namespaces
control: off, the victim is hurt
"""

import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    os.sched_setscheduler(TARGET["victim"], os.SCHED_IDLE, os.sched_param(0))
    os.sched_setaffinity(TARGET["victim"], [min(os.sched_getaffinity(0))])
    return x
