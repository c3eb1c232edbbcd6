"""Stops itself, so that it neither answers nor ends.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: deadline, comparison
control: classic, hung
"""

import os
import signal


def total(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    return x
