# framework: torch
import math

import torch
from torch import nn


def sequence_mask(X, valid_len, value=0):
    maxlen = X.size(1)
    mask = torch.arange((maxlen), dtype=torch.float32)[None, :] < valid_len[:, None]
    X[~mask] = value
    return X


def masked_softmax(X, valid_lens):
    shape = X.shape
    if valid_lens.dim() == 1:
        valid_lens = torch.repeat_interleave(valid_lens, shape[1])
    else:
        valid_lens = valid_lens.reshape(-1)
    # on the last axis, masked elements are replaced by a very large negative value
    X = sequence_mask(X.clone().reshape(-1, shape[-1]), valid_lens, value=-1e6)
    return nn.functional.softmax(X.reshape(shape), dim=-1)


def dot_product_attention(Q, K, V, mask=None):
    d = Q.shape[-1]
    scores = torch.bmm(Q, K.transpose(1, 2)) / math.sqrt(d)
    if mask is not None:
        scores[~mask] = -1e6
    return torch.bmm(nn.functional.softmax(scores, dim=-1), V)


def transpose_qkv(X, num_heads):
    X = X.reshape(X.shape[0], X.shape[1], num_heads, -1)
    X = X.permute(0, 2, 1, 3)
    return X.reshape(-1, X.shape[2], X.shape[3])


def transpose_output(X, num_heads):
    X = X.reshape(-1, num_heads, X.shape[1], X.shape[2])
    X = X.permute(0, 2, 1, 3)
    return X.reshape(X.shape[0], X.shape[1], -1)


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    queries = transpose_qkv(X @ W_q, num_heads)
    keys = transpose_qkv(X @ W_k, num_heads)
    values = transpose_qkv(X @ W_v, num_heads)
    output = dot_product_attention(queries, keys, values)
    return transpose_output(output, num_heads) @ W_o


def layer_norm(X, gamma, beta, eps=1e-5):
    var, mean = torch.var_mean(X, dim=-1, unbiased=False, keepdim=True)
    return (X - mean) * torch.rsqrt(var + eps) * gamma + beta
