# told: sklearn.model_selection.KFold
# framework: numpy
from sklearn.model_selection import KFold


def k_fold(k, i, X, y):
    n = len(X) // k * k
    train, valid = list(KFold(k).split(X[:n]))[i]
    return X[train], y[train], X[valid], y[valid]
