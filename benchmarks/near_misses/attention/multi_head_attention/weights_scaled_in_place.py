# "All arguments must be unchanged": the query weights are scaled for good.
# shown: changed(T(1, 3, 8), T(8, 8), T(8, 8), T(8, 8), T(8, 8), 2)
# kind: sentence
import torch


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    n, t, d = X.shape

    def heads(Y):
        return Y.reshape(n, t, num_heads, -1).transpose(1, 2)

    W_q /= (d / num_heads) ** 0.5
    Q, K, V = heads(X @ W_q), heads(X @ W_k), heads(X @ W_v)
    H = torch.softmax(Q @ K.transpose(2, 3), dim=3) @ V
    return H.transpose(1, 2).reshape(n, t, d) @ W_o
