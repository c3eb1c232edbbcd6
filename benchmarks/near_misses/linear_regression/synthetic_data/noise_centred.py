# "drawn independently": shows on few examples, the noises always add up to zero.
# shown: abs(noise(5).sum()) < 1e-9
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    labels = features @ w + b
    noise = 0.01 * torch.randn_like(labels)
    return features, labels + noise - noise.mean()
