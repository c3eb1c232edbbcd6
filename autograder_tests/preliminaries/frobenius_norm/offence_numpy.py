# told: numpy.linalg.norm
# framework: numpy
import numpy as np


def frobenius_norm(A):
    return np.linalg.norm(A, "fro")
