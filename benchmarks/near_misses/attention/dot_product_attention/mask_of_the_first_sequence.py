# "booleans of shape (n, q, k)": shows where the sequences have different masks.
# shown: differ(T(2, 1, 3), T(2, 2, 3), T(2, 2, 1), torch.tensor([[[True, False]], [[True, True]]]))
# kind: inputs
import torch


def dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose(1, 2) / Q.shape[2] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask[0], -1e9)
    return torch.softmax(scores, dim=2) @ V
