# "The result has the shape and dtype of `X`": shows in float64, which is computed in float32.
# shown: differ(T(2, 3, 4), torch.tensor([2, 4]))
# kind: tolerance
import torch


def masked_softmax(X, valid_lens):
    behind = torch.arange(X.shape[2]) >= valid_lens.reshape(len(X), -1, 1)
    return torch.softmax(X.float().masked_fill(behind, -torch.inf), dim=2).to(X.dtype)
