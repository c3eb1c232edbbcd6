# framework: tensorflow
import tensorflow as tf


def masked_softmax(X, valid_lens):
    shape = X.shape
    if len(valid_lens.shape) == 1:
        valid_lens = tf.repeat(valid_lens, repeats=shape[1])
    else:
        valid_lens = tf.reshape(valid_lens, shape=-1)
    X = tf.reshape(X, shape=(-1, shape[-1]))
    mask = tf.range(start=0, limit=shape[-1], dtype=valid_lens.dtype)[None, :] < valid_lens[:, None]
    X = tf.where(mask, X, -1e6)
    return tf.nn.softmax(tf.reshape(X, shape=shape), axis=-1)


def dot_product_attention(Q, K, V, mask=None):
    d = Q.shape[-1]
    scores = tf.matmul(Q, K, transpose_b=True) / tf.math.sqrt(tf.cast(d, dtype=Q.dtype))
    if mask is not None:
        scores = tf.where(mask, scores, -1e6)
    return tf.matmul(tf.nn.softmax(scores, axis=-1), V)


def multi_head_attention(X, W_q, W_k, W_v, W_o, num_heads):
    def transpose_qkv(X):
        X = tf.reshape(X, shape=(X.shape[0], X.shape[1], num_heads, -1))
        X = tf.transpose(X, perm=(0, 2, 1, 3))
        return tf.reshape(X, shape=(-1, X.shape[2], X.shape[3]))

    output = dot_product_attention(*(transpose_qkv(X @ W) for W in (W_q, W_k, W_v)))
    output = tf.reshape(output, shape=(-1, num_heads, output.shape[1], output.shape[2]))
    output = tf.transpose(output, perm=(0, 2, 1, 3))
    return tf.reshape(output, shape=(output.shape[0], output.shape[1], -1)) @ W_o


def layer_norm(X, gamma, beta, eps=1e-5):
    mean, variance = tf.nn.moments(X, axes=[-1], keepdims=True)
    return gamma * (X - mean) / tf.sqrt(variance + eps) + beta
