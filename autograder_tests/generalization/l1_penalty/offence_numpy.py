# told: numpy.linalg.norm
# framework: numpy
import numpy as np


def l1_penalty(w):
    return np.linalg.norm(w.ravel(), 1)
