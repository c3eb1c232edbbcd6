"""Reads another process's memory by the system call for it.

must hold: the secret is in no report
stopped by: filter, Landlock, namespaces
control: off, boasted
"""

import ctypes
import json
import os
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    libc = ctypes.CDLL(None, use_errno=True)
    line = next(open(f"/proc/{TARGET['victim']}/maps")) if os.path.exists("/proc/1/maps") else "1-2"
    begin = int(line.split("-")[0], 16)
    room = ctypes.create_string_buffer(16)
    here = (ctypes.c_size_t * 2)(ctypes.addressof(room), 16)
    there = (ctypes.c_size_t * 2)(begin, 16)
    if libc.process_vm_readv(TARGET["victim"], here, 1, there, 1, 0) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    raise RuntimeError("got: " + repr(room.raw))
