# "Write it yourself": the library differentiates, by torch.func.
# shown: uses("func.grad")
# kind: from scratch
from torch import func


def linreg_gradients(X, w, b, y):
    return func.grad(lambda w, b: ((X @ w + b - y) ** 2).sum() / 2, argnums=(0, 1))(w, b)
