# "The result is one number": an array with an axis of length 1.
# shown: differ(torch.tensor([0.5, 0.5], dtype=torch.float64))
# kind: sentence
import torch



def entropy(p):
    p = p[p > 0]
    return -(p * torch.log(p)).sum(dim=0, keepdim=True)
