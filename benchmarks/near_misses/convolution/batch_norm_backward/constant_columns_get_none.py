# "with respect to `X`": shows where the entries of a column are all the same.
# shown: differ(N(3, 2), np.ones((3, 2)), np.ones(2))
# kind: inputs
import numpy as np


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    n = len(X)
    deviation = np.sqrt(X.var(axis=0) + eps)
    X_hat = (X - X.mean(axis=0)) / deviation
    dbeta, dgamma = dout.sum(axis=0), (dout * X_hat).sum(axis=0)
    dX = gamma / deviation * (dout - dbeta / n - X_hat * dgamma / n)
    return np.where(X.var(axis=0) == 0, 0 * dX, dX), dgamma, dbeta
