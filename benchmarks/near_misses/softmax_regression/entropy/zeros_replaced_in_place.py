# "`p` must be unchanged on return": shows where p holds a zero.
# shown: changed(torch.tensor([0.0, 1.0]))
# kind: sentence
import torch



def entropy(p):
    p[p == 0] = 1.0
    return -(p * torch.log(p)).sum()
