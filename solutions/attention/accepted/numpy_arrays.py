# framework: numpy
import math

import numpy as np


def softmax(X):
    E = np.exp(X - X.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


def masked_softmax(X, valid_lens):
    if valid_lens.ndim == 1:
        valid_lens = np.repeat(valid_lens[:, None], X.shape[1], axis=1)
    mask = np.arange(X.shape[-1])[None, None, :] < valid_lens[:, :, None]
    return softmax(np.where(mask, X, -1e6)).astype(X.dtype)


def dot_product_attention(Q, K, V, mask=None):
    scores = np.matmul(Q, np.swapaxes(K, 1, 2)) / math.sqrt(Q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -1e6).astype(scores.dtype)
    return softmax(scores) @ V


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    Q, K, V = X @ W_q, X @ W_k, X @ W_v
    size = X.shape[-1] // num_heads
    heads = []
    for i in range(num_heads):
        own = slice(i * size, (i + 1) * size)
        heads.append(dot_product_attention(Q[..., own], K[..., own], V[..., own]))
    return np.concatenate(heads, axis=-1) @ W_o


def layer_norm(X, gamma, beta, eps=1e-5):
    mean = X.mean(axis=-1, keepdims=True)
    return gamma * (X - mean) / np.sqrt(X.var(axis=-1, keepdims=True) + eps) + beta
