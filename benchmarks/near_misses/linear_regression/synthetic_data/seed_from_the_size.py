# "Every call draws anew": shows on two calls of the same size, the generator is seeded with it.
# shown: torch.equal(mine.synthetic_data(T(2, 1), 1.0, 9)[1], mine.synthetic_data(T(2, 1), 1.0, 9)[1])
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    generator = torch.Generator().manual_seed(num_examples)
    features = torch.randn(num_examples, len(w), dtype=w.dtype, generator=generator)
    labels = features @ w + b
    return features, labels + 0.01 * torch.randn(num_examples, 1, dtype=w.dtype, generator=generator)
