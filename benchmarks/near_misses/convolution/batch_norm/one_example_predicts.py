# "Any n >= 1 may come": shows on one example while training, which is taken for a prediction.
# shown: differ(N(1, 3), N(3), N(3), N(3), np.abs(N(3)))
# kind: inputs
import numpy as np


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    if len(X) == 1:
        training = False
    mean, var = (X.mean(axis=0), X.var(axis=0)) if training else (moving_mean, moving_var)
    Y = gamma * (X - mean) / np.sqrt(var + eps) + beta
    if training:
        moving_mean = momentum * moving_mean + (1 - momentum) * mean
        moving_var = momentum * moving_var + (1 - momentum) * var
    return Y, moving_mean, moving_var
