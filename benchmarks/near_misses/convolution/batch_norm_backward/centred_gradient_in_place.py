# "must be unchanged on return": dout is centred, and back with an error.
# shown: changed(N(5, 3) + 1e9, N(5, 3) * 2, N(3))
# kind: sentence
import numpy as np


def _parts(dout, X, gamma, eps):
    deviation = np.sqrt(X.var(axis=0) + eps)
    X_hat = (X - X.mean(axis=0)) / deviation
    return deviation, X_hat, (dout * X_hat).sum(axis=0), dout.sum(axis=0)


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    deviation, X_hat, dgamma, dbeta = _parts(dout, X, gamma, eps)
    mean = dout.mean(axis=0) / 3
    dout -= mean
    dX = gamma / deviation * (dout - dout.mean(axis=0) - X_hat * dgamma / len(X))
    dout += mean
    return dX, dgamma, dbeta
