"""Asks for more memory than the machine has.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: memory limit
control: none, no machine has so much
"""

import numpy as np


def total(x):
    return np.ones(10**12)
