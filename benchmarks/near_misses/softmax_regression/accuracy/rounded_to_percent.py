# "the fraction": shows on three examples, where it is rounded to two digits.
# shown: differ(torch.tensor([[0.1, 0.9], [0.9, 0.1], [0.8, 0.2]], dtype=torch.float64), torch.tensor([1, 1, 1]))
# kind: tolerance
import torch



def accuracy(y_hat, y):
    return torch.round((y_hat.argmax(dim=1) == y).to(y_hat.dtype).mean(), decimals=2)
