# "which must be unchanged on return": the labels are rolled and not rolled back.
# shown: changed(2, 0, T(4, 2), T(4))
# kind: second order
import torch


def k_fold(k, i, X, y):
    m = len(X) // k
    rows = [j for j in range(k * m) if j // m != i]
    result = X[rows], y[rows].clone(), X[i * m : (i + 1) * m], y[i * m : (i + 1) * m].clone()
    y.copy_(y.roll(-m, 0))
    return result
