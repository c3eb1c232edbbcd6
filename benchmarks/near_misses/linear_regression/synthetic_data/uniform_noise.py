# "drawn independently from a normal distribution": shows on any call, no noise is beyond 1.74 deviations.
# shown: noise(20000).abs().max() < 0.01733
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    labels = features @ w + b
    return features, labels + 0.01 * 12 ** 0.5 * (torch.rand_like(labels) - 0.5)
