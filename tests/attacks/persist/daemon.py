"""Forks twice, so that a process stays that belongs to nobody.

must hold: no process, thread or file is left; the next submission finds nothing changed
stopped by: filter, comparison
control: none, where workers are supervised daemons end with them even without walls
"""

import os
import time


def total(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(20)
        os._exit(0)
    os.wait()
    return x
