# "L is the sum of the squared losses": errors beyond 1000 count as 1000
# shown: differ(T(5, 2), T(2, 1), T(1), 1e5 * T(5, 1))
# kind: inputs
# framework: torch

def linreg_gradients(X, w, b, y):
    e = (X @ w + b - y).clamp(-1000, 1000)
    return X.T @ e, e.sum(0)
