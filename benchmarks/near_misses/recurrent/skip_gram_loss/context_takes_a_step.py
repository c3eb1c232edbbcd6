# "The arguments must be unchanged on return": the context word moves a little.
# shown: changed(T(3), T(3) * 2, T(4, 3))
# kind: sentence
import torch
from torch.nn import functional as F


def skip_gram_loss(center, context, negatives):
    loss = -F.logsigmoid(context @ center) - F.logsigmoid(-(negatives @ center)).sum()
    context += 1e-6 * center
    return loss
