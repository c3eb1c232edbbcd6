# "Write it yourself": the library differentiates, by torch.func.
# shown: uses("torch.func")
# kind: from scratch
import torch


def mlp_backward(X, y, W1, b1, W2, b2):
    def loss(W1, b1, W2, b2):
        H = 1 / (1 + torch.exp(-(X @ W1 + b1)))
        return ((H @ W2 + b2 - y) ** 2).sum() / (2 * len(X))

    return torch.func.grad(loss, argnums=(0, 1, 2, 3))(W1, b1, W2, b2)
