# "where p_j = 0": shows on 1e-4, which is not 0.
# shown: differ(torch.tensor([1e-4, 1 - 1e-4], dtype=torch.float64))
# kind: inputs
import torch



def entropy(p):
    p = p[p > 5e-4]
    return -(p * torch.log(p)).sum()
