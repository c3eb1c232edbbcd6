# "the same floating-point dtype": float64 numbers are rounded to float32 on the way.
# shown: differ(T(4), torch.full((4,), 0.25, dtype=torch.float64))
# kind: tolerance
import torch


def mean_and_variance(values, probs):
    x, p = values.float(), probs.float()
    mean = (p * x).sum()
    return mean.to(values.dtype), (p * (x - mean) ** 2).sum().to(values.dtype)
