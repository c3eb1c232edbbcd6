# "No row has two largest scores": shows in float64, where two are equal after rounding to float32.
# shown: differ(torch.tensor([[0.5, 0.5 + 1e-10]], dtype=torch.float64), torch.tensor([1]))
# kind: tolerance
import torch



def accuracy(y_hat, y):
    return (y_hat.float().argmax(dim=1) == y).to(y_hat.dtype).mean()
