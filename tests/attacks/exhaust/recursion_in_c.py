"""Has C code call itself until the stack is gone.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: separate process, memory limit, values only, comparison, deadline
control: classic, crashed
"""

import sys


def total(x):
    sys.setrecursionlimit(10**9)
    nest = []
    for _ in range(10**6):
        nest = [nest]
    return repr(nest)
