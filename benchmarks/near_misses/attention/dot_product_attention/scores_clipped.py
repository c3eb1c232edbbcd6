# "right for scores as large as 1000": scores beyond 100 become equal.
# shown: differ(torch.tensor([[[1.0]]]), torch.tensor([[[200.0], [300.0]]]), torch.tensor([[[1.0], [2.0]]]))
# kind: sentence
import torch


def dot_product_attention(Q, K, V, mask=None):
    scores = (Q @ K.transpose(1, 2) / Q.shape[2] ** 0.5).clamp(-100, 100)
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    return torch.softmax(scores, dim=2) @ V
