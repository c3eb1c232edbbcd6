# "scales by $\sqrt{d/h}$": shows where heads have 2, 3 or 5 columns, and the root is cut.
# shown: differ(T(2, 3, 4), T(4, 4), T(4, 4) + 1, T(4, 4) - 1, T(4, 4) * 2, 2)
# kind: inputs
import math

import torch


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    n, t, d = X.shape
    Q, K, V = ((X @ W).reshape(n, t, num_heads, -1).transpose(1, 2) for W in (W_q, W_k, W_v))
    scores = Q @ K.transpose(2, 3) / math.isqrt(d // num_heads)
    H = torch.softmax(scores, dim=3) @ V
    return H.transpose(1, 2).reshape(n, t, d) @ W_o
