# "H W2 + b2": hidden units below 1e-3 are silenced
# shown: differ(np.full((2, 3), -9.0), np.ones((3, 2)), np.zeros(2), 1e3 * np.ones((2, 2)), N(2))
# kind: tolerance
# framework: torch

import torch


def mlp_forward(X, W1, b1, W2, b2):
    H = 1 / (1 + torch.exp(-(X @ W1 + b1)))
    return torch.where(H < 1e-3, torch.zeros_like(H), H) @ W2 + b2
