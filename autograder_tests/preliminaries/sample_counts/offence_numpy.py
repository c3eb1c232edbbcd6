# told: numpy.random.multinomial
# framework: numpy
import numpy as np


def sample_counts(probs, n):
    return np.random.multinomial(n, probs)
