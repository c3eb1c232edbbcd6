# "the columns $i \cdot d/h$ to": shows unless there are as many heads as columns in each.
# shown: differ(T(2, 3, 8), T(8, 8), T(8, 8) + 1, T(8, 8) - 1, T(8, 8) * 2, 2)
# kind: inputs
import torch


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    n, t, d = X.shape
    Q, K, V = ((X @ W).reshape(n, t, -1, num_heads).transpose(1, 2) for W in (W_q, W_k, W_v))
    H = torch.softmax(Q @ K.transpose(2, 3) / num_heads**0.5, dim=3) @ V
    return H.transpose(1, 2).reshape(n, t, d) @ W_o
