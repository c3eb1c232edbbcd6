# "the sum over all 1 + k words": shows where a noise word is the context word.
# shown: differ(T(3), T(3), torch.stack([T(3), -T(3)]))
# kind: inputs
import torch
from torch.nn import functional as F


def skip_gram_loss(center, context, negatives):
    kept = negatives[(negatives != context).any(dim=1)]
    return -F.logsigmoid(context @ center) - F.logsigmoid(-(kept @ center)).sum()
