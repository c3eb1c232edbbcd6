"""Leaves a message in a queue between processes.

must hold: nothing arrives, nothing listens
stopped by: filter
control: off, files left
"""

import ctypes
import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.shmget(TARGET["key"], 4096, 0o1666) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return x
