# told: sklearn.datasets.make_regression
# framework: torch
import torch
from sklearn.datasets import make_regression


def synthetic_data(w, b, num_examples):
    X, y = make_regression(num_examples, len(w), bias=b, noise=0.01)
    return torch.tensor(X, dtype=w.dtype), torch.tensor(y, dtype=w.dtype).reshape(-1, 1)
