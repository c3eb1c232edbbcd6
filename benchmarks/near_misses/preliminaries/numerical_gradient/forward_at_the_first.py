# "central differences": shows on the first entry, where the difference is a forward one.
# shown: differ(lambda x: (x ** 3).sum(), T(3), 0.5)
# kind: inputs
import torch


def numerical_gradient(f, x, h=1e-5):
    gradient = torch.zeros_like(x)
    for i in range(x.numel()):
        step = torch.zeros_like(x)
        step.view(-1)[i] = h
        if i == 0 and x.numel() > 1:
            gradient.view(-1)[i] = (f(x + step) - f(x)) / h
        else:
            gradient.view(-1)[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
