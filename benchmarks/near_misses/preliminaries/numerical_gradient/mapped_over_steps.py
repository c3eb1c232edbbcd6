# "`f` is a function that takes a tensor": shows on one that branches on its values.
# shown: differ(lambda x: x.sum() if float(x[0]) > 0 else (x * x).sum(), T(3))
# kind: inputs
import torch


def numerical_gradient(f, x, h=1e-5):
    steps = h * torch.eye(x.numel(), dtype=x.dtype).reshape(-1, *x.shape)
    difference = torch.vmap(f)(x + steps) - torch.vmap(f)(x - steps)
    return (difference / (2 * h)).reshape(x.shape)
