"""Returns half a million objects, for each of which a handle would be kept.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: values only, deadline, comparison
control: none, without a wire there are no handles
"""


class Thing:
    pass


def total(x):
    return [[Thing() for _ in range(90_000)] for _ in range(5)]
