# "right and finite for products as large as 1000": shows on a noise word with a large product.
# shown: differ(torch.tensor([10.0]), torch.tensor([1.0]), torch.tensor([[100.0]]))
# kind: inputs
import torch
from torch.nn import functional as F


def skip_gram_loss(center, context, negatives):
    return -F.logsigmoid(context @ center) - torch.log(torch.sigmoid(-(negatives @ center))).sum()
