# "All arguments must be unchanged": the mask is negated and not turned back.
# shown: changed(T(1, 1, 2), T(1, 2, 2), T(1, 2, 2), torch.tensor([[[True, False]]]))
# kind: sentence
import torch


def dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose(1, 2) / Q.shape[2] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(mask.logical_not_(), -1e9)
    return torch.softmax(scores, dim=2) @ V
