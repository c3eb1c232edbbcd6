# "the loss of this example": shows in float64, the products are of float32.
# shown: differ(T(3), T(3) * 2, T(4, 3))
# kind: tolerance
import torch
from torch.nn import functional as F


def skip_gram_loss(center, context, negatives):
    products = torch.cat([context[None], -negatives]).float() @ center.float()
    return -F.logsigmoid(products.to(center.dtype)).sum()
