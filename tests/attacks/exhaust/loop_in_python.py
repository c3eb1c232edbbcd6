"""Never returns: a loop in Python.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: deadline
control: classic, hung
"""


def total(x):
    while True:
        pass
