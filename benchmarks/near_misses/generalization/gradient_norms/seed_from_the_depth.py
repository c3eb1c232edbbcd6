# "every call draws anew": the generator begins anew for each depth.
# shown: mine.gradient_norms(3, "relu") == mine.gradient_norms(3, "relu")
# kind: second order
import torch


def gradient_norms(depth, activation):
    f = {"sigmoid": torch.sigmoid, "relu": torch.relu}[activation]
    generator = torch.Generator().manual_seed(depth)
    Z = torch.randn(depth, 64, 64, generator=generator)
    weights = [((2 / 64) ** 0.5 * W).requires_grad_() for W in Z]
    h = torch.ones(1, 64)
    for W in weights:
        h = f(h @ W)
    h.sum().backward()
    return [float(W.grad.norm()) for W in weights]
