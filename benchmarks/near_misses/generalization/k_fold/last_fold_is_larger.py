# "rows beyond k * m are dropped": shows in the last round, whose fold takes them.
# shown: differ(3, 2, T(11, 2), T(11))
# kind: sentence
import torch


def k_fold(k, i, X, y):
    m = len(X) // k
    stop = len(X) if i == k - 1 else (i + 1) * m
    rows = [j for j in range(k * m) if not i * m <= j < stop]
    return X[rows], y[rows], X[i * m : stop], y[i * m : stop]
