# "drawn independently": shows on any call, the second half of the noise is the first with the other sign.
# shown: (noise(100)[:50] + noise_again[50:]).abs().max() < 1e-9
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    labels = features @ w + b
    half = torch.randn((num_examples + 1) // 2, 1, dtype=w.dtype)
    return features, labels + 0.01 * torch.cat([half, -half])[:num_examples]
