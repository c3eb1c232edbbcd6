"""Makes a process by the bare system call, of which libc knows nothing.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter
not stopped: processes (boasted)
control: off, boasted
"""

import ctypes
import os
import time


def total(x):
    libc = ctypes.CDLL(None, use_errno=True)
    child = libc.syscall(56, 17, 0, 0, 0, 0)
    if child == 0:
        time.sleep(20)
        os._exit(0)
    if child < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    raise RuntimeError("got: a child")
