# "the dtype of `x`": float64 numbers are rounded to float32 on the way.
# shown: differ(T(4))
# kind: tolerance
import torch


def quadratic_gradient(x):
    leaf = x.detach().clone().requires_grad_(True)
    y = 2 * torch.dot(leaf.float(), leaf.float())
    y.backward()
    return leaf.grad
