# "has shape (n, degree + 1)": shows on one number, whose row loses its axis.
# shown: differ(T(1), 3)
# kind: inputs
import math

import torch


def polynomial_features(x, degree):
    return torch.stack([x**i / math.factorial(i) for i in range(degree + 1)], dim=1).squeeze(0)
