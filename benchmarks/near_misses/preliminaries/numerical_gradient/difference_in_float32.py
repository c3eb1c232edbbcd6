# "holds float64 numbers": shows in the last digits, the values of f are rounded to float32.
# shown: differ(lambda x: (x ** 3).sum(), T(3), 0.5)
# kind: tolerance
import torch


def numerical_gradient(f, x, h=1e-5):
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        step = torch.zeros_like(x)
        step.view(-1)[i] = h
        above, below = torch.tensor([float(f(x + step)), float(f(x - step))])
        gradient.view(-1)[i] = float(above - below) / (2 * h)
    return gradient
