# "each position may attend to all positions": with one position, it is given back as it is.
# shown: differ(T(2, 1, 4), T(4, 4), T(4, 4), T(4, 4), T(4, 4), 2)
# kind: inputs
import torch


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    n, t, d = X.shape
    if t == 1:
        return X @ W_o

    def heads(Y):
        return Y.reshape(n, t, num_heads, -1).transpose(1, 2)

    Q, K, V = heads(X @ W_q), heads(X @ W_k), heads(X @ W_v)
    H = torch.softmax(Q @ K.transpose(2, 3) / (d / num_heads) ** 0.5, dim=3) @ V
    return H.transpose(1, 2).reshape(n, t, d) @ W_o
