# "eps as in batch_norm": shows on another eps than 1e-5.
# shown: differ(N(5, 3), N(5, 3) * 2, N(3), 0.5)
# kind: inputs
import numpy as np


def _parts(dout, X, gamma, eps):
    deviation = np.sqrt(X.var(axis=0) + eps)
    X_hat = (X - X.mean(axis=0)) / deviation
    return deviation, X_hat, (dout * X_hat).sum(axis=0), dout.sum(axis=0)


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    deviation, X_hat, dgamma, dbeta = _parts(dout, X, gamma, 1e-5)
    n = len(X)
    return gamma / deviation * (dout - dbeta / n - X_hat * dgamma / n), dgamma, dbeta
