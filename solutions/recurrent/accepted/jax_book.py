# framework: jax
import math
from collections import Counter

import jax
from jax import numpy as jnp


@jax.jit
def lstm_cell(x, h, c, W_x, W_h, b):
    gates = jnp.matmul(x, W_x) + jnp.matmul(h, W_h) + b
    I, F, C_tilde, O = jnp.split(gates, 4, axis=1)
    I, F, O = jax.nn.sigmoid(I), jax.nn.sigmoid(F), jax.nn.sigmoid(O)
    C = F * c + I * jnp.tanh(C_tilde)
    H = O * jnp.tanh(C)
    return H, C


@jax.jit
def rnn_step(x, h, W_xh, W_hh, b_h):
    return jnp.tanh(jnp.matmul(x, W_xh) + jnp.matmul(h, W_hh) + b_h)


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    outputs = []
    for x in xs:
        h = rnn_step(x, h, W_xh, W_hh, b_h)
        outputs.append(h)
    return jnp.stack(outputs), h


def lstm_forward(xs, h, c, W_x, W_h, b):
    outputs = []
    for x in xs:
        h, c = lstm_cell(x, h, c, W_x, W_h, b)
        outputs.append(h)
    return jnp.stack(outputs), h, c


@jax.jit
def gru_cell(x, h, W_x, W_h, b_x, b_h):
    x_r, x_z, x_n = jnp.split(jnp.matmul(x, W_x) + b_x, 3, axis=1)
    h_r, h_z, h_n = jnp.split(jnp.matmul(h, W_h) + b_h, 3, axis=1)
    R, Z = jax.nn.sigmoid(x_r + h_r), jax.nn.sigmoid(x_z + h_z)
    H_tilde = jnp.tanh(x_n + R * h_n)
    return Z * h + (1 - Z) * H_tilde


def clip_gradients(grads, theta):
    norm = jnp.sqrt(sum(jnp.sum(grad**2) for grad in grads))
    return [jnp.where(norm < theta, grad, grad * (theta / norm)) for grad in grads]


def perplexity(nll):
    return jnp.exp(nll.mean())


def embedding(indices, W):
    return jnp.take(W, indices, axis=0)


def embedding_backward(dout, indices, vocab_size):
    dW = jnp.zeros((vocab_size, dout.shape[-1]), dout.dtype)
    return dW.at[indices].add(dout)


@jax.jit
def skip_gram_loss(center, context, negatives):
    positive = jax.nn.log_sigmoid(jnp.dot(context, center))
    negative = jax.nn.log_sigmoid(-jnp.dot(negatives, center))
    return -(positive + negative.sum())


def ngram_counts(tokens, n):
    return Counter(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))


def bigram_log_probability(tokens, corpus):
    unigrams, bigrams = Counter(corpus), Counter(zip(corpus, corpus[1:], strict=False))
    pairs = [(unigrams[tokens[0]], len(corpus))]
    pairs += [(bigrams[a, b], unigrams[a]) for a, b in zip(tokens, tokens[1:], strict=False)]
    if any(count == 0 for count, _ in pairs):
        return -math.inf
    return sum(math.log(count) - math.log(total) for count, total in pairs)
