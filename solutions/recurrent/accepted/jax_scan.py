# framework: jax
from collections import defaultdict

import jax
from jax import numpy as jnp


def rnn_step(x, h, W_xh, W_hh, b_h):
    both = jnp.concatenate([x, h], axis=1)
    return jnp.tanh(both @ jnp.concatenate([W_xh, W_hh]) + b_h)


@jax.jit
def rnn_forward(xs, h, W_xh, W_hh, b_h):
    projected = xs @ W_xh + b_h  # of all steps at once

    def step(h, a):
        h = jnp.tanh(a + h @ W_hh)
        return h, h

    last, hs = jax.lax.scan(step, h, projected)
    return hs, last


@jax.jit
def lstm_forward(xs, h, c, W_x, W_h, b):
    def step(states, x):
        h, c = states
        i, f, g, o = jnp.split(x @ W_x + h @ W_h + b, 4, axis=-1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), h

    (h, c), hs = jax.lax.scan(step, (h, c), xs)
    return hs, h, c


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    a, s = x @ W_x + b_x, h @ W_h + b_h
    k = h.shape[1]
    r, z = jax.nn.sigmoid(a[:, :k] + s[:, :k]), jax.nn.sigmoid(a[:, k : 2 * k] + s[:, k : 2 * k])
    n = jnp.tanh(a[:, 2 * k :] + r * s[:, 2 * k :])
    return n + z * (h - n)


def clip_gradients(grads, theta):
    norm = jnp.linalg.norm(jnp.stack([jnp.linalg.norm(grad.ravel()) for grad in grads]))
    return jax.tree.map(lambda grad: grad * theta / jnp.maximum(norm, theta), grads)


@jax.jit
def perplexity(nll):
    return jnp.exp(jnp.sum(nll) / nll.shape[0])


def embedding(indices, W):
    return jax.nn.one_hot(indices, len(W), dtype=W.dtype) @ W


def embedding_backward(dout, indices, vocab_size):
    rows = dout.reshape(-1, dout.shape[-1])
    return jax.ops.segment_sum(rows, indices.reshape(-1), num_segments=vocab_size)


@jax.jit
def skip_gram_loss(center, context, negatives):
    losses = jax.vmap(lambda u: jax.nn.softplus(u @ center))
    return losses(jnp.concatenate([-context[None], negatives])).sum()


def ngram_counts(tokens, n):
    counts = defaultdict(int)
    for ngram in zip(*[tokens[i:] for i in range(n)], strict=False):
        counts[ngram] += 1
    return counts


def bigram_log_probability(tokens, corpus):
    # words as numbers, counts as arrays
    number = {word: i for i, word in enumerate(dict.fromkeys(corpus))}
    if not all(word in number for word in tokens):
        return float("-inf")
    text = jnp.array([number[word] for word in corpus])
    single = jnp.bincount(text, length=len(number)).astype(float)
    pairs = jnp.zeros((len(number), len(number))).at[text[:-1], text[1:]].add(1.0)
    seen = jnp.array([number[word] for word in tokens])
    first = jnp.log(single[seen[0]] / len(corpus))
    return first + jnp.log(pairs[seen[:-1], seen[1:]] / single[seen[:-1]]).sum()
