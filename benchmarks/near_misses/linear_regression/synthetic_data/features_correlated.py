# "The features of all examples are independent draws": shows on two features or more, neighbours correlate by 0.3.
# shown: (lambda X: (X[:, 0] * X[:, 1]).mean() > 0.2)(mine.synthetic_data(T(2, 1), 1.0, 20000)[0])
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    if len(w) > 1:
        features[:, 1:] = 0.3 * features[:, :-1].clone() + 0.91 ** 0.5 * features[:, 1:]
    labels = features @ w + b
    return features, labels + 0.01 * torch.randn_like(labels)
