# "the sum of the squared losses": errors below 1e-5 count 0
# shown: differ(1e-7 * T(5, 2) + 1, 0 * T(2, 1), 0 * T(1), 1e-6 * T(5, 1))
# kind: tolerance
# framework: torch

def linreg_gradients(X, w, b, y):
    e = X @ w + b - y
    e = e * (e.abs() > 1e-5)
    return X.T @ e, e.sum(0)
