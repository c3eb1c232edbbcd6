# "by at most 1e-6": shows on a fair coin, which a guard of 1e-5 moves by 2e-5.
# shown: differ(torch.tensor([0.5, 0.5], dtype=torch.float64))
# kind: tolerance
import torch



def entropy(p):
    return -(p * torch.log(p + 1e-5)).sum()
