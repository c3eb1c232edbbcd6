# "the dtype of the arguments": shows in float64, which is computed in float32.
# shown: differ(T(2, 3, 4), T(2, 5, 4), T(2, 5, 6))
# kind: tolerance
import torch


def dot_product_attention(Q, K, V, mask=None):
    scores = Q.float() @ K.float().transpose(1, 2) / K.shape[2] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    return (torch.softmax(scores, dim=2) @ V.float()).to(V.dtype)
