# "Every call draws anew": shows on two calls of the same size, only the noise is new.
# shown: torch.equal(mine.synthetic_data(T(2, 1), 1.0, 9)[0], mine.synthetic_data(T(2, 1), 1.0, 9)[0])
# kind: randomness
import torch


_kept = {}


def synthetic_data(w, b, num_examples):
    key = num_examples, len(w), w.dtype
    if key not in _kept:
        _kept[key] = torch.randn(num_examples, len(w), dtype=w.dtype)
    features = _kept[key].clone()
    labels = features @ w + b
    return features, labels + 0.01 * torch.randn_like(labels)
