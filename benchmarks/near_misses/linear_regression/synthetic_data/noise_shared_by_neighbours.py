# "each example has a noise of its own": shows on any call, two neighbours share their noise.
# shown: (noise(100)[::2] - noise_again[1::2]).abs().max() < 1e-9
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    labels = features @ w + b
    noise = torch.randn((num_examples + 1) // 2, 1, dtype=w.dtype).repeat_interleave(2, dim=0)
    return features, labels + 0.01 * noise[:num_examples]
