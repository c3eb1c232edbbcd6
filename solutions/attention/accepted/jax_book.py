# framework: jax
import math

from jax import nn
from jax import numpy as jnp


def masked_softmax(X, valid_lens):
    shape = X.shape
    if valid_lens.ndim == 1:
        valid_lens = jnp.repeat(valid_lens, shape[1])
    else:
        valid_lens = valid_lens.reshape(-1)
    X = X.reshape(-1, shape[-1])
    mask = jnp.arange(X.shape[1])[None, :] < valid_lens[:, None]
    X = jnp.where(mask, X, -1e6)
    return nn.softmax(X.reshape(shape), axis=-1)


def dot_product_attention(Q, K, V, mask=None):
    d = Q.shape[-1]
    scores = Q @ (K.swapaxes(1, 2)) / math.sqrt(d)
    if mask is not None:
        scores = jnp.where(mask, scores, -1e6)
    return nn.softmax(scores, axis=-1) @ V


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    def transpose_qkv(X):
        X = X.reshape((X.shape[0], X.shape[1], num_heads, -1))
        X = jnp.transpose(X, (0, 2, 1, 3))
        return X.reshape((-1, X.shape[2], X.shape[3]))

    output = dot_product_attention(*(transpose_qkv(X @ W) for W in (W_q, W_k, W_v)))
    output = output.reshape((-1, num_heads, output.shape[1], output.shape[2]))
    output = jnp.transpose(output, (0, 2, 1, 3))
    return output.reshape((output.shape[0], output.shape[1], -1)) @ W_o


def layer_norm(X, gamma, beta, eps=1e-5):
    mean = X.mean(axis=-1, keepdims=True)
    var = X.var(axis=-1, keepdims=True)
    return gamma * (X - mean) / jnp.sqrt(var + eps) + beta
