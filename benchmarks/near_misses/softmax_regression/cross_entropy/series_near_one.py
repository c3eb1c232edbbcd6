# "-log p": for p above 0.9 the loss is 1 - p
# shown: differ(torch.tensor([[0.95, 0.05]], dtype=torch.float64), torch.tensor([0]))
# kind: inputs

import torch


def cross_entropy(y_hat, y):
    p = y_hat[torch.arange(len(y)), y]
    return torch.where(p > 0.9, 1 - p, -torch.log(p))
