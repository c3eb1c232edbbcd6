# "All entries of q are 1e-8 or more": shows on 1e-6, which is clipped.
# shown: differ(torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor([1e-6, 1 - 1e-6], dtype=torch.float64))
# kind: tolerance
import torch



def kl_divergence(p, q):
    possible = p > 0
    p, q = p[possible], q[possible].clamp(min=1e-4)
    return (p * torch.log(p / q)).sum()
