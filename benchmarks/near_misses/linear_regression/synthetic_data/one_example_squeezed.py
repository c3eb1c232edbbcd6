# "labels, of shape `(num_examples, 1)`": shows on one example, whose labels come back as `(1,)`.
# shown: mine.synthetic_data(T(3, 1), 1.0, 1)[1].shape != (1, 1)
# kind: inputs
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    labels = (features @ w).squeeze() + b
    labels = labels + 0.01 * torch.randn_like(labels)
    return features, labels.reshape(num_examples, 1) if labels.dim() else labels.reshape(1)
