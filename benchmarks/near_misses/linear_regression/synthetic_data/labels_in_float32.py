# "y = Xw + b + noise" with the dtype of w: for float64 weights of 1e6 the noise drowns in float32's rounding
# shown: (lambda w: (lambda X, y: float((y - X @ w - 1).std()) > 0.02)(*mine.synthetic_data(w, 1.0, 500)))(1e6 * T(2, 1))
# kind: tolerance

import torch


def synthetic_data(w, b, num_examples):
    X = torch.randn(num_examples, len(w))
    y = X @ w.float() + b + 0.01 * torch.randn(num_examples, 1)
    return X.to(w.dtype), y.to(w.dtype)
