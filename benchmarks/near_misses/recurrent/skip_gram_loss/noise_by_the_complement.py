# "right and finite for products": shows where a noise word is near, and one minus is 0.
# shown: not torch.isfinite(mine.skip_gram_loss(torch.tensor([30.0]), torch.tensor([30.0]), torch.tensor([[30.0]])))
# kind: tolerance
import torch


def skip_gram_loss(center, context, negatives):
    near = context @ center
    noise = torch.log(1 - torch.sigmoid(negatives @ center))
    return torch.logaddexp(torch.zeros_like(near), -near) - noise.sum()
