# "the square root of the variance and eps": shows where a feature varies by less than 0.03.
# shown: differ(N(5, 3) * 1e-3, N(3), N(3), N(3), np.abs(N(3)))
# kind: tolerance
import numpy as np


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    mean, var = (X.mean(axis=0), X.var(axis=0)) if training else (moving_mean, moving_var)
    Y = gamma * (X - mean) / np.sqrt(np.maximum(var, 1e-3) + eps) + beta
    if training:
        moving_mean = momentum * moving_mean + (1 - momentum) * mean
        moving_var = momentum * moving_var + (1 - momentum) * var
    return Y, moving_mean, moving_var
