# "i = 0, 1, ..., degree": shows from degree 11 on, whose columns repeat the last.
# shown: differ(T(3), 12)
# kind: inputs
import math

import torch


def polynomial_features(x, degree):
    powers = [min(i, 10) for i in range(degree + 1)]
    return torch.stack([x**i / math.factorial(i) for i in powers], dim=1)
