"""Never returns: a loop in C, which no signal handler of Python's can end.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: deadline
control: classic, hung
"""

from itertools import count


def total(x):
    return sum(count())
