# "the softmax of each row": the sum is guarded, though it cannot be zero.
# shown: differ(torch.full((1, 1, 3), -20.0, dtype=torch.float64), torch.tensor([2]))
# kind: tolerance
import torch


def masked_softmax(X, valid_lens):
    lens = valid_lens.reshape(len(X), -1, 1)
    E = torch.exp(X) * (torch.arange(X.shape[2]) < lens)
    return E / (E.sum(dim=2, keepdim=True) + 1e-12)
