"""Forks until it cannot any more.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: filter
control: off, boasted
"""

import os
import time


def total(x):
    for _ in range(12):
        if os.fork() == 0:
            time.sleep(3)
            os._exit(0)
    raise RuntimeError("got: children")
