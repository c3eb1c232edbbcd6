# told: numpy.add.outer
# framework: numpy
import numpy as np


def pairwise_sum(a, b):
    return np.add.outer(a, b)
