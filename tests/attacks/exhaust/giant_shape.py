"""Returns an array of no entries whose other axes are huge.

must hold: the grader and the neighbour go on, and the memory of the grader stays small
stopped by: comparison, wire, separate process, values only
control: none, an array of this shape holds nothing
"""

import numpy as np


def total(x):
    return np.empty((1 << 30, 0, 1 << 30))
