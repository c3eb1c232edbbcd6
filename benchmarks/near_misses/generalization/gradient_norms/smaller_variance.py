# "variance 2/64": it is a fifth smaller, which shows after some layers.
# shown: sum(mine.gradient_norms(20, "relu")[0] for _ in range(40)) / 40 < 50
# kind: tolerance
import torch


def gradient_norms(depth, activation):
    f = {"sigmoid": torch.sigmoid, "relu": torch.relu}[activation]
    weights = [(torch.randn(64, 64) * 0.025**0.5).requires_grad_() for _ in range(depth)]
    h = torch.ones(1, 64)
    for W in weights:
        h = f(h @ W)
    h.sum().backward()
    return [float(W.grad.norm()) for W in weights]
