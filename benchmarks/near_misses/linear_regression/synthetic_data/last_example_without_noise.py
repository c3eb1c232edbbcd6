# "each example has a noise of its own": shows on the last example of every call.
# shown: abs(noise(10)[-1]) < 1e-9
# kind: tolerance
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    labels = features @ w + b
    labels[:-1] += 0.01 * torch.randn(num_examples - 1, 1, dtype=w.dtype)
    return features, labels
