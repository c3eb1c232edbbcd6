# "scales by the root of d / h": rounded to a whole number.
# shown: differ(T(1, 3, 6), T(6, 6), T(6, 6), T(6, 6), T(6, 6), 2)
# kind: tolerance
import torch


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    n, t, d = X.shape

    def heads(Y):
        return Y.reshape(n, t, num_heads, -1).transpose(1, 2)

    Q, K, V = heads(X @ W_q), heads(X @ W_k), heads(X @ W_v)
    H = torch.softmax(Q @ K.transpose(2, 3) / round((d / num_heads) ** 0.5), dim=3) @ V
    return H.transpose(1, 2).reshape(n, t, d) @ W_o
