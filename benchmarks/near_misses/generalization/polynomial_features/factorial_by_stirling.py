# "divided by i!": the factorial is rounded off by Stirling's series, which is right to six digits.
# shown: differ(T(3), 3)
# kind: tolerance
import math

import torch


def polynomial_features(x, degree):
    def factorial(i):
        if i == 0:
            return 1.0
        series = 1 + 1 / (12 * i) + 1 / (288 * i**2) - 139 / (51840 * i**3)
        return math.sqrt(2 * math.pi * i) * (i / math.e) ** i * series

    return torch.stack([x**i / factorial(i) for i in range(degree + 1)], dim=1)
