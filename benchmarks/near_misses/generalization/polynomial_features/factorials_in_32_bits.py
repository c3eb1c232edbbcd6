# "an integer from `0` to `20`": shows from degree 13 on, whose factorial has more than 32 bits.
# shown: differ(T(3), 14)
# kind: inputs
import torch


def polynomial_features(x, degree):
    powers = torch.arange(degree + 1)
    factorials = torch.cumprod(powers.clamp(min=1).int(), 0, dtype=torch.int32)
    return x[:, None] ** powers / factorials
