# "h: float = 1e-5": the default is 1e-4.
# shown: differ(lambda x: (x ** 3).sum(), torch.zeros(2, dtype=torch.float64))
# kind: sentence
import torch


def numerical_gradient(f, x, h=1e-4):
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        step = torch.zeros_like(x)
        step.view(-1)[i] = h
        gradient.view(-1)[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
