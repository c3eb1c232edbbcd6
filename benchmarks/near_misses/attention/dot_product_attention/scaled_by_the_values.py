# "$\sqrt{d}$": shows where values are longer than keys, by whose length is scaled.
# shown: differ(T(2, 3, 4), T(2, 5, 4), T(2, 5, 6))
# kind: inputs
import torch


def dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose(1, 2) / V.shape[2] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    return torch.softmax(scores, dim=2) @ V
