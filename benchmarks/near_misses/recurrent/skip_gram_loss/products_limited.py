# "for products as large as $1000$": shows where a product is beyond 100.
# shown: differ(T(3), -300 * T(3), T(2, 3))
# kind: inputs
import torch


def skip_gram_loss(center, context, negatives):
    scores = torch.cat([(context @ center)[None], -(negatives @ center)]).clamp(-100, 100)
    return torch.logaddexp(torch.zeros_like(scores), -scores).sum()
