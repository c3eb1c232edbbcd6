# "and multiplied by the output weights": shows for a single head, which needs no joining.
# shown: differ(T(2, 3, 4), T(4, 4), T(4, 4) + 1, T(4, 4) - 1, T(4, 4) * 2, 1)
# kind: inputs
import torch


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    n, t, d = X.shape
    Q, K, V = ((X @ W).reshape(n, t, num_heads, -1).transpose(1, 2) for W in (W_q, W_k, W_v))
    H = torch.softmax(Q @ K.transpose(2, 3) / (d / num_heads) ** 0.5, dim=3) @ V
    H = H.transpose(1, 2).reshape(n, t, d)
    return H if num_heads == 1 else H @ W_o
