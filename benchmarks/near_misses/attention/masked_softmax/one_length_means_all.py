# "integers from `1` to `k`": shows where a length is 1, which passes for a missing one.
# shown: differ(T(2, 3, 4), torch.tensor([1, 4]))
# kind: inputs
import torch


def masked_softmax(X, valid_lens):
    lens = valid_lens.reshape(len(X), -1, 1)
    behind = (torch.arange(X.shape[2]) >= lens) & (lens > 1)
    return torch.softmax(X.masked_fill(behind, -torch.inf), dim=2)
