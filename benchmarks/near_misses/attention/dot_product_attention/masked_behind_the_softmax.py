# "the weight is zero, however large the score": shows where a masked score is far larger.
# shown: differ(torch.tensor([[[1.0]]]), torch.tensor([[[900.0], [1.0], [2.0]]]), T(1, 3, 2).float(), torch.tensor([[[False, True, True]]]))
# kind: inputs
import torch


def dot_product_attention(Q, K, V, mask=None):
    weights = torch.softmax(Q @ K.transpose(1, 2) / K.shape[2] ** 0.5, dim=2)
    if mask is not None:
        weights = weights * mask
        weights = weights / weights.sum(dim=2, keepdim=True).clamp(min=1e-30)
    return weights @ V
