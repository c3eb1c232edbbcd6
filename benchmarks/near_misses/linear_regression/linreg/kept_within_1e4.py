# "Xw + b": predictions beyond 10 000 are cut off
# shown: differ(1e6 * T(4, 2), T(2, 1), T(1))
# kind: inputs
# framework: torch

def linreg(X, w, b):
    return (X @ w + b).clamp(-1e4, 1e4)
