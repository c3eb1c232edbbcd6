"""Asks the kernel not to end it with its parent, and waits.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: deadline
control: classic, hung
"""

import ctypes
import time


def total(x):
    ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)
    time.sleep(20)
    return x
