def rows_max(X):
    return X.max(axis=1, keepdims=True)


def rows_sum(X):
    return X.sum(axis=1, keepdims=True)
