# told: torch.nn.functional.scaled_dot_product_attention
# framework: torch
from torch.nn import functional as F


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    n, t, d = X.shape
    Q, K, V = ((X @ W).reshape(n, t, num_heads, -1).transpose(1, 2) for W in (W_q, W_k, W_v))
    H = F.scaled_dot_product_attention(Q, K, V)
    return H.transpose(1, 2).reshape(n, t, d) @ W_o
