"""Takes the machine for itself by a better priority.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: filter
control: none, only the superuser may have it
"""

import os


def total(x):
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
    raise RuntimeError("got: first place")
