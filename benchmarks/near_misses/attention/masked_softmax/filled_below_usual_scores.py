# "Scores are between -50 and 50": what is filled in is among them.
# shown: differ(torch.full((1, 1, 3), -40.0, dtype=torch.float64), torch.tensor([2]))
# kind: sentence
import torch


def masked_softmax(X, valid_lens):
    lens = valid_lens.reshape(len(X), -1, 1)
    behind = torch.arange(X.shape[2]) >= lens
    return torch.softmax(X.masked_fill(behind, -30.0), dim=2)
