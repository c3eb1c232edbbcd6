"""Returns an array of a terabyte that takes no memory.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: memory limit
control: none, no machine has so much
"""

import numpy as np


def total(x):
    return np.broadcast_to(np.ones(1), (1 << 37,))
