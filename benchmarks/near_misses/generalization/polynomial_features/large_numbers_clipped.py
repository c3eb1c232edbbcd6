# "floating-point numbers of any sign": shows on numbers beyond 5, which are clipped.
# shown: differ(torch.tensor([7.0, 1.0], dtype=torch.float64), 2)
# kind: inputs
import math

import torch


def polynomial_features(x, degree):
    x = x.clamp(-5, 5)
    return torch.stack([x**i / math.factorial(i) for i in range(degree + 1)], dim=1)
