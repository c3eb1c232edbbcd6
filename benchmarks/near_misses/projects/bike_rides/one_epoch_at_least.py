# "With `num_epochs = 0` it is the network as it began": it is trained once all the same.
# shown: float(mine.bike_rides(torch.zeros(1, 2), torch.full((1, 1), 1e6), 1, 1.0, 0, 1)(torch.zeros(1, 2))) > 1e5
# kind: sentence
from collections.abc import Callable

import torch


def bike_rides(
    X: torch.Tensor, y: torch.Tensor, hidden: int, lr: float, num_epochs: int, batch_size: int
) -> Callable[[torch.Tensor], torch.Tensor]:
    """Return a trained network, a function of features."""
    n, d = X.shape
    W1 = torch.randn(d, hidden, dtype=X.dtype) / d**0.5
    W2 = torch.randn(hidden, 1, dtype=X.dtype) / hidden**0.5
    b1, b2 = torch.zeros(hidden, dtype=X.dtype), torch.zeros(1, dtype=X.dtype)

    def net(X):
        return torch.sigmoid(X @ W1 + b1) @ W2 + b2

    for _ in range(max(num_epochs, 1)):
        for batch in torch.randperm(n).split(batch_size):
            x, h = X[batch], torch.sigmoid(X[batch] @ W1 + b1)
            error = (h @ W2 + b2 - y[batch]) / len(batch)
            dz = error @ W2.T * h * (1 - h)
            W2 -= lr * h.T @ error
            b2 -= lr * error.sum(dim=0)
            W1 -= lr * x.T @ dz
            b1 -= lr * dz.sum(dim=0)
    return net
