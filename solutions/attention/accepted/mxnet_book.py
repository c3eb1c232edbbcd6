# framework: mxnet
import math

from mxnet import np, npx

npx.set_np()


def masked_softmax(X, valid_lens):
    shape = X.shape
    if valid_lens.ndim == 1:
        valid_lens = valid_lens.repeat(shape[1])
    else:
        valid_lens = valid_lens.reshape(-1)
    # on the last axis, masked elements are replaced by a very large negative value
    X = npx.sequence_mask(X.reshape(-1, shape[-1]), valid_lens, True, value=-1e6, axis=1)
    return npx.softmax(X).reshape(shape)


def dot_product_attention(Q, K, V, mask=None):
    d = Q.shape[-1]
    scores = npx.batch_dot(Q, K, transpose_b=True) / math.sqrt(d)
    if mask is not None:
        scores = np.where(mask, scores, np.full_like(scores, -1e6))
    return npx.batch_dot(npx.softmax(scores), V)


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    def transpose_qkv(X):
        X = X.reshape(X.shape[0], X.shape[1], num_heads, -1)
        X = X.transpose(0, 2, 1, 3)
        return X.reshape(-1, X.shape[2], X.shape[3])

    queries, keys, values = (transpose_qkv(np.dot(X, W)) for W in (W_q, W_k, W_v))
    output = dot_product_attention(queries, keys, values)
    output = output.reshape(-1, num_heads, output.shape[1], output.shape[2])
    output = output.transpose(0, 2, 1, 3)
    return np.dot(output.reshape(output.shape[0], output.shape[1], -1), W_o)


def layer_norm(X, gamma, beta, eps=1e-5):
    mean = X.mean(axis=-1, keepdims=True)
    var = ((X - mean) ** 2).mean(axis=-1, keepdims=True)
    return gamma * (X - mean) / np.sqrt(var + eps) + beta
