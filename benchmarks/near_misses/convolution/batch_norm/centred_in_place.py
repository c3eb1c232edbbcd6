# "the arguments must be unchanged on return": X is centred at prediction, and back with an error.
# shown: changed(N(5, 3), N(3), N(3), N(3) * 1e9, np.abs(N(3)), 0.9, 1e-5, False)
# kind: sentence
import numpy as np


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    if not training:
        X -= moving_mean
        Y = gamma * X / np.sqrt(moving_var + eps) + beta
        X += moving_mean
        return Y, moving_mean, moving_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    Y = gamma * (X - mean) / np.sqrt(var + eps) + beta
    moving_mean = momentum * moving_mean + (1 - momentum) * mean
    return Y, moving_mean, momentum * moving_var + (1 - momentum) * var
