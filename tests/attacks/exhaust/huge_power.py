"""Computes an integer of more digits than there is time for.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: deadline, memory limit
control: classic, hung
"""


def total(x):
    return 7 ** (10**9)
