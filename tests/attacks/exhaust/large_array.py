"""Returns the largest array that its memory holds.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: comparison, memory limit
control: none, it is within its rights
"""

import numpy as np


def total(x):
    return np.ones(12 << 20, np.uint8)
