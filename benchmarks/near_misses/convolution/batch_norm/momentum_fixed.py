# "`momentum` weighs the old value": shows on another momentum than 0.9 for the variance.
# shown: differ(N(5, 3), N(3), N(3), N(3), np.abs(N(3)), 0.6)
# kind: inputs
import numpy as np


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    mean, var = (X.mean(axis=0), X.var(axis=0)) if training else (moving_mean, moving_var)
    Y = gamma * (X - mean) / np.sqrt(var + eps) + beta
    if training:
        moving_mean = momentum * moving_mean + (1 - momentum) * mean
        moving_var = 0.9 * moving_var + 0.1 * var
    return Y, moving_mean, moving_var
