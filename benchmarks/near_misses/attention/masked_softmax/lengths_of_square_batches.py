# "If its shape is (n,), it has one length for all rows": taken for one a query where n = q.
# shown: differ(T(3, 3, 4), torch.tensor([1, 2, 4]))
# kind: inputs
import torch


def masked_softmax(X, valid_lens):
    if len(valid_lens) == X.shape[1]:
        lens = valid_lens[..., None]
    else:
        lens = valid_lens.reshape(len(X), -1, 1)
    behind = torch.arange(X.shape[2]) >= lens
    return torch.softmax(X.masked_fill(behind, -1e9), dim=2)
