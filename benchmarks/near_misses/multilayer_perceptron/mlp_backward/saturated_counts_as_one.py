# "W2 gradient": hidden units above 0.9999 count as 1
# shown: differ(N(4, 3), N(4, 2), 4 * N(3, 3), N(3), N(3, 2), N(2))
# kind: tolerance
# framework: torch

import torch


def mlp_backward(X, y, W1, b1, W2, b2):
    H = 1 / (1 + torch.exp(-(X @ W1 + b1)))
    D = (H @ W2 + b2 - y) / len(X)
    Z = D @ W2.T * H * (1 - H)
    used = torch.where(H > 0.9999, torch.ones_like(H), H)
    return X.T @ Z, Z.sum(0), used.T @ D, D.sum(0)
