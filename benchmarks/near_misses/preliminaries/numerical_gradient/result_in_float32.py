# "the result has its shape and dtype": float32.
# shown: differ(lambda x: (x ** 3).sum(), T(3))
# kind: sentence
import torch


def numerical_gradient(f, x, h=1e-5):
    gradient = torch.zeros(x.shape)
    for i in range(x.numel()):
        step = torch.zeros_like(x)
        step.view(-1)[i] = h
        gradient.view(-1)[i] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
