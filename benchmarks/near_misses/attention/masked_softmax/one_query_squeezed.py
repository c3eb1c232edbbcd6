# "The result has the shape of X": shows on one query.
# shown: differ(T(2, 1, 3), torch.tensor([1, 3]))
# kind: inputs
import torch


def masked_softmax(X, valid_lens):
    lens = valid_lens.reshape(len(X), -1, 1)
    behind = torch.arange(X.shape[2]) >= lens
    return torch.softmax(X.masked_fill(behind, -1e9), dim=2).squeeze(1)
