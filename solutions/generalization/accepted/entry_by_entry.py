# framework: torch
import random

import torch


def dropout(X, p, training=True):
    if not training:
        return X
    entries = [0.0 if random.random() < p else v / (1 - p) for v in X.flatten().tolist()]
    return torch.tensor(entries, dtype=X.dtype).reshape(X.shape)
