"""Makes a process by the newest system call, whose flags a filter cannot see.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter
control: off, boasted
"""

import ctypes
import os
import time


def total(x):
    libc = ctypes.CDLL(None, use_errno=True)
    wishes = (ctypes.c_uint64 * 11)(0, 0, 0, 0, 17)
    child = libc.syscall(435, ctypes.byref(wishes), 64)
    if child == 0:
        time.sleep(20)
        os._exit(0)
    if child < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    raise RuntimeError("got: a child")
