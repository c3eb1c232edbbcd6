# "The result has shape `(n, q, v)`": shows where there is a single query and a single sequence.
# shown: differ(T(1, 1, 4), T(1, 5, 4), T(1, 5, 6))
# kind: inputs
import torch


def dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose(1, 2) / K.shape[2] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    result = torch.softmax(scores, dim=2) @ V
    return result[0] if result.shape[:2] == (1, 1) else result
