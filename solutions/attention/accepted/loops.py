# framework: numpy
import math

import numpy as np


def masked_softmax(X, valid_lens):
    result = np.zeros_like(X)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            length = valid_lens[i] if valid_lens.ndim == 1 else valid_lens[i, j]
            weights = [math.exp(x) for x in X[i, j, :length]]
            result[i, j, :length] = np.array(weights) / sum(weights)
    return result


def dot_product_attention(Q, K, V, mask=None):
    n, q, d = Q.shape
    result = np.zeros((n, q, V.shape[2]), dtype=V.dtype)
    for i in range(n):
        for j in range(q):
            keys = [l for l in range(K.shape[1]) if mask is None or mask[i, j, l]]
            if not keys:
                continue
            scores = [float(np.dot(Q[i, j], K[i, l])) / math.sqrt(d) for l in keys]
            weights = [math.exp(score - max(scores)) for score in scores]
            for l, weight in zip(keys, weights, strict=True):
                result[i, j] += weight / sum(weights) * V[i, l]
    return result


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    parts = np.split(np.arange(X.shape[2]), num_heads)
    result = np.zeros_like(X)
    # the output weights act on each head's columns alone, and the sum is over heads
    for columns in parts:
        Q, K, V = (X @ W[:, columns] for W in (W_q, W_k, W_v))
        for i in range(len(X)):
            scores = Q[i] @ K[i].T / math.sqrt(len(columns))
            E = np.exp(scores - scores.max(axis=1)[:, None])
            result[i] += (E / E.sum(axis=1)[:, None]) @ V[i] @ W_o[columns]
    return result


def layer_norm(X, gamma, beta, eps=1e-5):
    rows = X.reshape(-1, X.shape[-1])
    out = np.empty_like(rows)
    for i, row in enumerate(rows):
        mu = sum(row) / len(row)
        var = sum((x - mu) ** 2 for x in row) / len(row)
        columns = zip(row, gamma, beta, strict=True)
        out[i] = [g * (x - mu) / math.sqrt(var + eps) + b for x, g, b in columns]
    return out.reshape(X.shape)
