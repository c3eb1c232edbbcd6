# "standard deviation 0.01": shows when labels are not of size one, the noise is one per cent of the label.
# shown: noise(20000, b=50.0).std() > 0.1
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    labels = features @ w + b
    return features, labels * (1 + 0.01 * torch.randn_like(labels))
