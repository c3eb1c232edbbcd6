# "columns whose entries are all the same": such a column becomes zeros instead of beta.
# shown: differ(np.ones((3, 2)), np.ones(2), np.ones(2), np.zeros(2), np.ones(2))
# kind: inputs
import numpy as np


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    mean, var = moving_mean, moving_var
    if training:
        mean, var = X.mean(axis=0), X.var(axis=0)
        moving_mean = momentum * moving_mean + (1 - momentum) * mean
        moving_var = momentum * moving_var + (1 - momentum) * var
    Y = gamma * (X - mean) / np.sqrt(var + eps) + beta
    return np.where(var == 0, 0 * Y, Y), moving_mean, moving_var
