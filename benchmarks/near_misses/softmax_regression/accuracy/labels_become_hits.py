# "`y_hat` and `y` must be unchanged on return": the labels become hits.
# shown: changed(torch.tensor([[0.2, 0.4], [3.0, 1.0]]), torch.tensor([1, 0]))
# kind: sentence
import torch



def accuracy(y_hat, y):
    y.copy_(y_hat.argmax(dim=1) == y)
    return y.sum() / len(y)
