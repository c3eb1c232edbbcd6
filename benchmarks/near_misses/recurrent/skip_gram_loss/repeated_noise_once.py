# "the sum over all 1 + k words": shows where a noise word comes twice.
# shown: differ(T(3), T(3) * 2, torch.stack([-T(3), -T(3)]))
# kind: inputs
import torch
from torch.nn import functional as F


def skip_gram_loss(center, context, negatives):
    kept = torch.unique(negatives, dim=0)
    return -F.logsigmoid(context @ center) - F.logsigmoid(-(kept @ center)).sum()
