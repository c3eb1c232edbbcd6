# "any may be equal": shows where there are as many queries as keys.
# shown: differ(T(1, 3, 2), T(1, 3, 2), T(1, 3, 2))
# kind: inputs
import torch


def dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose(1, 2) / Q.shape[2] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    if scores.shape[2] == V.shape[1] == scores.shape[1]:
        return torch.softmax(scores, dim=1) @ V
    return torch.softmax(scores, dim=2) @ V
