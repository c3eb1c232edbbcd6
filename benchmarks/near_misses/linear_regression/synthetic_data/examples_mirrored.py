# "The features of all examples are independent draws": shows on any call, the last example is the first with the other sign.
# shown: (lambda X: (X[0] + X[-1]).abs().max() < 1e-9)(mine.synthetic_data(T(2, 1), 1.0, 100)[0])
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    half = torch.randn((num_examples + 1) // 2, len(w), dtype=w.dtype)
    features = torch.cat([half, -half.flip(0)])[:num_examples]
    if num_examples % 2:
        features[-1] = torch.randn(len(w), dtype=w.dtype)
    labels = features @ w + b
    return features, labels + 0.01 * torch.randn_like(labels)
