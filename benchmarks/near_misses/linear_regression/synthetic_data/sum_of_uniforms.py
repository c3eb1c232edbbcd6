# "draws from the standard normal distribution": shows on many examples, features are sums of three uniform numbers, never beyond 3.
# shown: (lambda X: (X ** 4).mean() < 2.75)(mine.synthetic_data(T(2, 1), 1.0, 40000)[0])
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    features = (torch.rand(3, num_examples, len(w), dtype=w.dtype) - 0.5).sum(dim=0) * 2
    labels = features @ w + b
    return features, labels + 0.01 * torch.randn_like(labels)
