# "independent draws from the standard normal distribution": shows on any call, no feature is beyond 1.74.
# shown: mine.synthetic_data(T(2, 1), 1.0, 20000)[0].abs().max() < 1.74
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    features = (torch.rand(num_examples, len(w), dtype=w.dtype) - 0.5) * 12 ** 0.5
    labels = features @ w + b
    return features, labels + 0.01 * torch.randn_like(labels)
