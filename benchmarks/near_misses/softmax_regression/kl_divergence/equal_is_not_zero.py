# "zero only if the two are the same": a guard in the ratio alone.
# shown: differ(torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor([0.5, 0.5], dtype=torch.float64))
# kind: tolerance
import torch



def kl_divergence(p, q):
    possible = p > 0
    p, q = p[possible], q[possible]
    return (p * torch.log(p / (q + 1e-5))).sum()
