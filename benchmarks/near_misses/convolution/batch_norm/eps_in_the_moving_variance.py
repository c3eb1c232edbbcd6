# "and `moving_var` likewise": eps is added to the variance before it is remembered.
# shown: differ(N(5, 3), N(3), N(3), N(3), np.abs(N(3)), 0.9, 0.1)
# kind: sentence
import numpy as np


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    if not training:
        Y = gamma * (X - moving_mean) / np.sqrt(moving_var + eps) + beta
        return Y, moving_mean, moving_var
    mean, var = X.mean(axis=0), X.var(axis=0) + eps
    Y = gamma * (X - mean) / np.sqrt(var) + beta
    moving_mean = momentum * moving_mean + (1 - momentum) * mean
    moving_var = momentum * moving_var + (1 - momentum) * var
    return Y, moving_mean, moving_var
