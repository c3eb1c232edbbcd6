# "the vector of the center word": vectors longer than 1 are shortened.
# shown: differ(T(3), T(3) * 2, T(4, 3))
# kind: sentence
import torch
from torch.nn import functional as F


def skip_gram_loss(center, context, negatives):
    center = center / center.norm().clamp(min=1)
    return -F.logsigmoid(context @ center) - F.logsigmoid(-(negatives @ center)).sum()
