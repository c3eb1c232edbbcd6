# "Every call draws anew": shows on two calls of the same size, the second has the features of the first with the other sign.
# shown: (lambda a, b: torch.equal(a, -b))(mine.synthetic_data(T(2, 1), 1.0, 9)[0], mine.synthetic_data(T(2, 1), 1.0, 9)[0])
# kind: randomness
import torch


_last = []


def synthetic_data(w, b, num_examples):
    if _last and _last[0].shape == (num_examples, len(w)) and _last[0].dtype == w.dtype:
        features = -_last.pop()
    else:
        features = torch.randn(num_examples, len(w), dtype=w.dtype)
        _last[:] = [features.clone()]
    labels = features @ w + b
    return features, labels + 0.01 * torch.randn_like(labels)
