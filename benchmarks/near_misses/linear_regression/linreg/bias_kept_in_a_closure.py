# "b": the bias of the first call with these weights is used again
# shown: mine.linreg(T(4, 2), T(2, 1), T(1)) is not None and differ(T(4, 2), T(2, 1), T(1) + 1)
# kind: sentence
# framework: torch

models = {}


class Model:
    def __init__(self, w, b):
        self.w, self.b = w.clone(), b.clone()

    def __call__(self, X):
        return X @ self.w + self.b


def linreg(X, w, b):
    key = tuple(w.reshape(-1).tolist())
    return models.setdefault(key, Model(w, b))(X)
