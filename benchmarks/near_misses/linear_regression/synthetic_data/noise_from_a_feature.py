# "each example has a noise of its own, drawn independently": shows on any call, the noise is the first feature.
# shown: (lambda X, y: (y - X @ T(2, 1) - 1.0 - 0.01 * X[:, :1]).abs().max() < 1e-9)(*mine.synthetic_data(T(2, 1), 1.0, 50))
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    return features, features @ w + b + 0.01 * features[:, :1]
