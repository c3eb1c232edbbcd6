"""Opens a socket by way of io_uring, past a filter of system calls.

must hold: nothing arrives, nothing listens
stopped by: filter
control: off, boasted
"""

import ctypes
import os


def total(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(425, 4, ctypes.create_string_buffer(120)) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    raise RuntimeError("got: a ring")
