# "the dtype of `y_hat`": shows in float64, at a probability that float32 cannot hold.
# shown: differ(torch.tensor([[1e-60, 1.0]], dtype=torch.float64), torch.tensor([0]))
# kind: tolerance
import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat.float()[range(len(y_hat)), y]).to(y_hat.dtype)
