# "`x` has one axis or more": shows on three axes, whose last entries move together.
# shown: differ(lambda x: (x ** 3).sum(), T(2, 2, 3))
# kind: inputs
import torch


def numerical_gradient(f, x, h=1e-5):
    gradient = torch.zeros_like(x)
    places = [(i,) for i in range(x.shape[0])]
    if x.dim() > 1:
        places = [(i, j) for (i,) in places for j in range(x.shape[1])]
    for place in places:
        step = torch.zeros_like(x)
        step[place] = h
        gradient[place] = (f(x + step) - f(x - step)) / (2 * h)
    return gradient
