"""Enters namespaces of its own, to be someone else in there.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter
control: off, boasted
"""

import ctypes
import os


def total(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000 | 0x00020000) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    raise RuntimeError("got: another root")
