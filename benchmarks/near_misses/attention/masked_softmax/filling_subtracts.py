# "weights of zero behind them": a large score survives the penalty.
# shown: differ(torch.tensor([[[-40.0, 50.0]]], dtype=torch.float64), torch.tensor([1]))
# kind: sentence
import torch


def masked_softmax(X, valid_lens):
    lens = valid_lens.reshape(len(X), -1, 1)
    behind = torch.arange(X.shape[2]) >= lens
    return torch.softmax(X - 80.0 * behind, dim=2)
