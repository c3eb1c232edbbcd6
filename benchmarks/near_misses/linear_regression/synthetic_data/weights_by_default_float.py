# "both with the dtype of `w`": shows when w is float64, features are float32 and labels float64.
# shown: mine.synthetic_data(T(2, 1), 1.0, 5)[0].dtype != torch.float64
# kind: inputs
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w))
    labels = features.to(w.dtype) @ w + b
    return features, labels + 0.01 * torch.randn_like(labels)
