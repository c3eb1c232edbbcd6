# told: numpy.vander
# framework: numpy
import math

import numpy as np


def polynomial_features(x, degree):
    factorials = np.array([math.factorial(i) for i in range(degree + 1)], dtype=x.dtype)
    return np.vander(x, degree + 1, increasing=True) / factorials
