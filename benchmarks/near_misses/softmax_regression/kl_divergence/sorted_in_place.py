# "`p` and `q` must be unchanged on return": both are put into the order of p.
# shown: changed(torch.tensor([0.3, 0.7]), torch.tensor([0.5, 0.5]))
# kind: sentence
import torch



def kl_divergence(p, q):
    order = p.argsort(descending=True)
    p[:], q[:] = p[order].clone(), q[order].clone()
    possible = p > 0
    return (p[possible] * torch.log(p[possible] / q[possible])).sum()
