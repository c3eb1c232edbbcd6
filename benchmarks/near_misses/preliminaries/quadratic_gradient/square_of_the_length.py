# "for `x` of shape (d,)": shows on zeros, where a root has no derivative.
# shown: differ(torch.zeros(3, dtype=torch.float64))
# kind: inputs
import torch


def quadratic_gradient(x):
    leaf = x.detach().clone().requires_grad_(True)
    length = (leaf * leaf).sum().sqrt()
    (2 * length**2).backward()
    return leaf.grad
