# "begin as normal numbers": the output weights are uniform, with the same deviation.
# shown: max(float(mine.bike_rides(torch.ones(1, 1), torch.ones(1, 1), 1, 0.1, 0, 1)(torch.tensor([[1e9], [-1e9]])).abs().max()) for _ in range(300)) < 1.74
# kind: randomness
from collections.abc import Callable

import torch


def bike_rides(
    X: torch.Tensor, y: torch.Tensor, hidden: int, lr: float, num_epochs: int, batch_size: int
) -> Callable[[torch.Tensor], torch.Tensor]:
    """Return a trained network, a function of features."""
    n, d = X.shape
    W1 = torch.randn(d, hidden, dtype=X.dtype) / d**0.5
    W2 = (2 * torch.rand(hidden, 1, dtype=X.dtype) - 1) * (3 / hidden) ** 0.5
    b1, b2 = torch.zeros(hidden, dtype=X.dtype), torch.zeros(1, dtype=X.dtype)

    def net(X):
        return torch.sigmoid(X @ W1 + b1) @ W2 + b2

    for _ in range(num_epochs):
        for batch in torch.randperm(n).split(batch_size):
            x, h = X[batch], torch.sigmoid(X[batch] @ W1 + b1)
            error = (h @ W2 + b2 - y[batch]) / len(batch)
            dz = error @ W2.T * h * (1 - h)
            W2 -= lr * h.T @ error
            b2 -= lr * error.sum(dim=0)
            W1 -= lr * x.T @ dz
            b1 -= lr * dz.sum(dim=0)
    return net
