# "their gradients belong to `dX`": shows where dgamma is small, it is taken for zero.
# shown: differ(N(5, 3) * 1e-4, N(5, 3) * 2, N(3))
# kind: tolerance
import numpy as np


def _parts(dout, X, gamma, eps):
    deviation = np.sqrt(X.var(axis=0) + eps)
    X_hat = (X - X.mean(axis=0)) / deviation
    return deviation, X_hat, (dout * X_hat).sum(axis=0), dout.sum(axis=0)


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    deviation, X_hat, dgamma, dbeta = _parts(dout, X, gamma, eps)
    n = len(X)
    counted = np.where(np.abs(dgamma) > 1e-3, dgamma, 0)
    return gamma / deviation * (dout - dbeta / n - X_hat * counted / n), dgamma, dbeta
