# told: torch.masked.softmax
# framework: torch
import torch


def masked_softmax(X, valid_lens):
    lens = valid_lens.reshape(len(X), -1, 1)
    valid = (torch.arange(X.shape[2]) < lens).expand_as(X)
    return torch.masked.softmax(X, 2, mask=valid).nan_to_num()
