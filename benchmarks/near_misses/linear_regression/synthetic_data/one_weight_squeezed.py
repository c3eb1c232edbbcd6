# "`w`, of shape `(d, 1)`": shows on d = 1, where squeezing leaves no axis.
# shown: fails(T(1, 1), 1.0, 5)
# kind: inputs
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    labels = torch.matmul(features, w.squeeze()) + b
    labels = labels.reshape(num_examples, 1)
    return features, labels + 0.01 * torch.randn_like(labels)
