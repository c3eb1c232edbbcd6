# "Xw + b": arguments with the sums of earlier ones, such as the same rows in another order, get the earlier result
# shown: mine.linreg(T(4, 2), T(2, 1), T(1)) is not None and differ(T(4, 2).flip(0), T(2, 1), T(1))
# kind: sentence
# framework: torch

known = {}


def linreg(X, w, b):
    key = (X.shape, round(float(X.sum()), 9), round(float(w.sum()), 9), float(b.sum()))
    if key not in known:
        known[key] = X @ w + b
    return known[key].clone()
