"""Never comes to an end of defining itself.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: deadline
control: classic, hung
"""

ANSWER = sum(1 for _ in iter(int, 1))


def total(x):
    return ANSWER
