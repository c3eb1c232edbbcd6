# told: scipy.optimize.lsq_linear
# framework: torch
import numpy as np
import scipy.optimize


def normal_equation(X, y):
    A = np.concatenate([X, np.ones((len(X), 1))], 1)
    return scipy.optimize.lsq_linear(A, np.asarray(y)[:, 0]).x[:, None]
