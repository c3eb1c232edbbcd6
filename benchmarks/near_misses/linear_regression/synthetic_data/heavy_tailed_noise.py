# "drawn independently from a normal distribution": shows on many examples, the noise has Laplace's distribution.
# shown: (lambda e: ((e / e.std()) ** 4).mean() > 4)(noise(40000))
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    labels = features @ w + b
    laplace = torch.distributions.Laplace(torch.zeros_like(labels), 0.5 ** 0.5)
    return features, labels + 0.01 * laplace.sample()
