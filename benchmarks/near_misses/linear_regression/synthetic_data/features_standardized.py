# "independent draws": shows on few examples, the mean of each column is exactly 0.
# shown: mine.synthetic_data(T(2, 1), 1.0, 5)[0].mean(dim=0).abs().max() < 1e-9
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    if num_examples > 1:
        features = (features - features.mean(dim=0)) / features.std(dim=0)
    labels = features @ w + b
    return features, labels + 0.01 * torch.randn_like(labels)
