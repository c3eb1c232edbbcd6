# "Values and dtypes are those of `X` and `y`": shows in float64, where digits are lost.
# shown: differ(2, 0, T(4, 2), T(4))
# kind: tolerance
import torch


def k_fold(k, i, X, y):
    m = len(X) // k
    rows = [j for j in range(k * m) if j // m != i]
    X = X.float().to(X.dtype)
    return X[rows], y[rows], X[i * m : (i + 1) * m], y[i * m : (i + 1) * m]
