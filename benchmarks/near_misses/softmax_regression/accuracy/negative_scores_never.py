# "of any sign and size": shows on a row of negative scores, where 0 is taken for the largest.
# shown: differ(torch.tensor([[-1.0, -2.0]], dtype=torch.float64), torch.tensor([0]))
# kind: inputs
import torch



def accuracy(y_hat, y):
    largest = y_hat.max(dim=1).values.clamp(min=0)
    return (y_hat[range(len(y)), y] >= largest).to(y_hat.dtype).mean()
