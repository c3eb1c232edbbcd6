# "Write it yourself": the operator of the library.
# shown: uses("kl_div")
# kind: from scratch
import torch



def kl_divergence(p, q):
    return torch.kl_div(q.log(), p, 2)
