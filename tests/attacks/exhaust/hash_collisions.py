"""Fills a dictionary with keys that all have one hash.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: deadline, memory limit
control: classic, hung
"""


class Key:
    def __hash__(self):
        return 1


def total(x):
    return dict.fromkeys(Key() for _ in range(10**7))
