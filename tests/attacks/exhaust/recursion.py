"""Calls itself until the stack is gone.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: separate process, memory limit, values only, comparison, deadline
control: classic, hung
"""

import sys


def total(x):
    sys.setrecursionlimit(10**9)
    return [total(x)]
