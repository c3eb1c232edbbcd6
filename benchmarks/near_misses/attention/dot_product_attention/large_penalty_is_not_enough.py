# "however large the score": the penalty is smaller than the scores may be apart.
# shown: differ(torch.tensor([[[1.0]]]), torch.tensor([[[900.0], [-900.0]]]), torch.tensor([[[1.0], [2.0]]]), torch.tensor([[[False, True]]]))
# kind: sentence
import torch


def dot_product_attention(Q, K, V, mask=None):
    scores = Q @ K.transpose(1, 2) / Q.shape[2] ** 0.5
    if mask is not None:
        scores = scores - 1000.0 * (~mask).to(scores.dtype)
    return torch.softmax(scores, dim=2) @ V
