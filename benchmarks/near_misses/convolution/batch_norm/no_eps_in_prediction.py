# "$\epsilon$ = `eps` stands **under** the root": shows in prediction, where it is left out.
# shown: differ(N(3, 2), N(2), N(2), N(2), np.array([0.5, 0.01]), 0.9, 0.1, False)
# kind: inputs
import numpy as np


def batch_norm(X, gamma, beta, moving_mean, moving_var, momentum=0.9, eps=1e-5, training=True):
    if not training:
        deviation = np.sqrt(np.where(moving_var > 0, moving_var, eps))
        return gamma * (X - moving_mean) / deviation + beta, moving_mean, moving_var
    mean, var = X.mean(axis=0), X.var(axis=0)
    Y = gamma * (X - mean) / np.sqrt(var + eps) + beta
    moving_mean = momentum * moving_mean + (1 - momentum) * mean
    return Y, moving_mean, momentum * moving_var + (1 - momentum) * var
