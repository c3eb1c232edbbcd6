# "Entries of p may be zero": shows where a zero stands first.
# shown: differ(torch.tensor([0.0, 1.0], dtype=torch.float64), torch.tensor([0.5, 0.5], dtype=torch.float64))
# kind: inputs
import torch



def kl_divergence(p, q):
    if p[-1] == 0:
        p, q = p[:-1], q[:-1]
    return (p * torch.log(p / q)).sum()
