"""Sleeps, which costs no processor time.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: deadline
control: classic, hung
"""

import time


def total(x):
    time.sleep(3600)
