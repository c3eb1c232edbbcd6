# "unchanged on return, to the last bit": what is added is taken away again, rounded.
# shown: changed(lambda x: (x ** 3).sum(), T(3) * 10, 1e-5)
# kind: sentence
import torch


def numerical_gradient(f, x, h=1e-5):
    flat, gradient = x.view(-1), torch.zeros_like(x)
    for i in range(x.numel()):
        flat[i] += h
        above = f(x).item()
        flat[i] -= 2 * h
        below = f(x).item()
        flat[i] += h
        gradient.view(-1)[i] = (above - below) / (2 * h)
    return gradient
