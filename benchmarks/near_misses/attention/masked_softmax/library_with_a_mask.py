# "Write it yourself": the masked softmax of the library.
# shown: uses("torch.masked.softmax")
# kind: from scratch
import torch


def masked_softmax(X, valid_lens):
    lens = valid_lens.reshape(len(X), -1, 1)
    valid = (torch.arange(X.shape[2]) < lens).expand(X.shape)
    return torch.masked.softmax(X, -1, mask=valid).nan_to_num(0.0)
