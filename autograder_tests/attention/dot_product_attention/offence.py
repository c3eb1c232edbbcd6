# told: torch.nn.functional.scaled_dot_product_attention
# framework: torch
from torch.nn import functional as F


def dot_product_attention(Q, K, V, mask=None):
    return F.scaled_dot_product_attention(Q, K, V, attn_mask=mask)
