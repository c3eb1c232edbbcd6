# "any further axes": shows where a fold has one row, which loses its axis.
# shown: differ(3, 0, T(3, 2), T(3))
# kind: inputs
import torch


def k_fold(k, i, X, y):
    m = len(X) // k
    rows = [j for j in range(k * m) if j // m != i]
    return X[rows], y[rows], X[i * m : (i + 1) * m].squeeze(0), y[i * m : (i + 1) * m]
