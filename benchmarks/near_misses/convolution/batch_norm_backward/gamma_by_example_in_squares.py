# "`gamma` (d,)": shows where there are as many examples as features, gamma goes by example.
# shown: differ(N(4, 4), N(4, 4) * 2, N(4))
# kind: inputs
import numpy as np


def _parts(dout, X, gamma, eps):
    deviation = np.sqrt(X.var(axis=0) + eps)
    X_hat = (X - X.mean(axis=0)) / deviation
    return deviation, X_hat, (dout * X_hat).sum(axis=0), dout.sum(axis=0)


def batch_norm_backward(dout, X, gamma, eps=1e-5):
    deviation, X_hat, dgamma, dbeta = _parts(dout, X, gamma, eps)
    n, d = X.shape
    scale = gamma[:, None] if n == d else gamma
    return scale / deviation * (dout - dbeta / n - X_hat * dgamma / n), dgamma, dbeta
