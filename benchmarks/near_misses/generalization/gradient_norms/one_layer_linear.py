# "the last one too": shows in a network of one layer, which has no activation.
# shown: abs(mine.gradient_norms(1, "relu")[0] - 64) < 1e-3
# kind: inputs
import torch


def gradient_norms(depth, activation):
    f = {"sigmoid": torch.sigmoid, "relu": torch.relu}[activation]
    weights = [((2 / 64) ** 0.5 * torch.randn(64, 64)).requires_grad_() for _ in range(depth)]
    h = torch.ones(1, 64)
    for W in weights:
        h = f(h @ W) if depth > 1 else h @ W
    h.sum().backward()
    return [float(W.grad.norm()) for W in weights]
