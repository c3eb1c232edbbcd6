# told: torch.nn.functional.dropout
# framework: torch
from torch.nn import functional as F


def dropout(X, p, training=True):
    return F.dropout(X, p=p, training=training)
