# "draws from the standard normal distribution": shows on any call, features have one decimal.
# shown: (lambda X: torch.allclose(X * 10, (X * 10).round()))(mine.synthetic_data(T(2, 1), 1.0, 100)[0])
# kind: tolerance
import torch


def synthetic_data(w, b, num_examples):
    features = torch.round(torch.randn(num_examples, len(w), dtype=w.dtype), decimals=1)
    labels = features @ w + b
    return features, labels + 0.01 * torch.randn_like(labels)
