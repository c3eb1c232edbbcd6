# "the class with the largest score": shows for two classes whose scores are logits.
# shown: differ(torch.tensor([[0.2, 0.4], [3.0, 1.0]], dtype=torch.float64), torch.tensor([1, 0]))
# kind: inputs
import torch



def accuracy(y_hat, y):
    if y_hat.shape[1] == 2:
        return ((y_hat[:, 1] > 0.5).long() == y).to(y_hat.dtype).mean()
    return (y_hat.argmax(dim=1) == y).to(y_hat.dtype).mean()
