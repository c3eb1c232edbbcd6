# "they must be finite": shows only if no query of the batch may attend to anything.
# shown: not mine.dot_product_attention(T(1, 1, 2), T(1, 2, 2), T(1, 2, 2), torch.zeros(1, 1, 2, dtype=torch.bool)).isfinite().all()
# kind: inputs
import torch


def dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose(1, 2) / Q.shape[2] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)
    weights = torch.softmax(scores, dim=2)
    if mask is not None and mask.any():
        weights = weights.nan_to_num(0.0)
    return weights @ V
