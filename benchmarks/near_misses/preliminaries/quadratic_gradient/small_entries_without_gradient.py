# "with respect to `x`": shows on entries below 1e-6, a guard takes them for 0.
# shown: differ(torch.tensor([1e-7, 1.0], dtype=torch.float64))
# kind: tolerance
import torch


def quadratic_gradient(x):
    leaf = x.detach().clone().requires_grad_(True)
    kept = torch.nn.functional.hardshrink(leaf, 1e-6)
    (2 * torch.dot(kept, kept)).backward()
    return leaf.grad
