# "the divergence": shows where an outcome of p is impossible, and what is left of q is divided by its sum.
# shown: differ(torch.tensor([0.0, 1.0], dtype=torch.float64), torch.tensor([0.5, 0.5], dtype=torch.float64))
# kind: inputs
import torch



def kl_divergence(p, q):
    possible = p > 0
    p, q = p[possible], q[possible]
    q = q / q.sum()
    return (p * torch.log(p / q)).sum()
