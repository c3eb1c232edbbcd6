"""Attaches to a process of the same user as a debugger does.

must hold: the secret is in no report
stopped by: filter
control: off, boasted
"""

import ctypes
import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(0x4206, TARGET["victim"], None, None) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    raise RuntimeError("got: hold of it")
