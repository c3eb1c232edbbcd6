# "f takes a tensor of the shape of x": it gets one axis.
# shown: differ(lambda x: (x @ x.T).sum(), T(2, 3))
# kind: sentence
import torch


def numerical_gradient(f, x, h=1e-5):
    flat = x.reshape(-1)
    steps = h * torch.eye(len(flat), dtype=x.dtype)
    return torch.stack([(f(flat + s) - f(flat - s)) / (2 * h) for s in steps]).reshape(x.shape)
