# framework: numpy
import math

import numpy as np


def lstm_cell(x, h, c, W_x, W_h, b):
    n, units = h.shape
    h_new, c_new = np.empty_like(h), np.empty_like(c)
    for row in range(n):
        a = [
            sum(x[row, k] * W_x[k, j] for k in range(x.shape[1]))
            + sum(h[row, k] * W_h[k, j] for k in range(units))
            + b[j]
            for j in range(4 * units)
        ]
        for u in range(units):
            i, f, o = (1 / (1 + math.exp(-a[u + block * units])) for block in (0, 1, 3))
            c_new[row, u] = f * c[row, u] + i * math.tanh(a[u + 2 * units])
            h_new[row, u] = o * math.tanh(c_new[row, u])
    return [h_new, c_new]


def rnn_step(x, h, W_xh, W_hh, b_h):
    h_new = np.empty_like(h)
    for row, u in np.ndindex(*h.shape):
        a = b_h[u]
        for k in range(x.shape[1]):
            a = a + x[row, k] * W_xh[k, u]
        for k in range(h.shape[1]):
            a = a + h[row, k] * W_hh[k, u]
        h_new[row, u] = math.tanh(a)
    return h_new


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    hs = np.empty((len(xs), *h.shape), dtype=h.dtype)
    for t in range(len(xs)):
        hs[t] = rnn_step(xs[t], h if t == 0 else hs[t - 1], W_xh, W_hh, b_h)
    return hs, hs[-1]


def lstm_forward(xs, h, c, W_x, W_h, b):
    hs = []
    for t in range(xs.shape[0]):
        h, c = lstm_cell(xs[t], h, c, W_x, W_h, b)
        hs.append(h)
    return [np.array(hs), h, c]


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    n, units = h.shape
    h_new = np.empty_like(h)
    for row in range(n):
        a = [sum(x[row] * W_x[:, j]) + b_x[j] for j in range(3 * units)]
        s = [sum(h[row] * W_h[:, j]) + b_h[j] for j in range(3 * units)]
        for u in range(units):
            r = 1 / (1 + math.exp(-a[u] - s[u]))
            z = 1 / (1 + math.exp(-a[u + units] - s[u + units]))
            candidate = math.tanh(a[u + 2 * units] + r * s[u + 2 * units])
            h_new[row, u] = (1 - z) * candidate + z * h[row, u]
    return h_new


def clip_gradients(grads, theta):
    total = 0.0
    for grad in grads:
        for g in grad.flat:
            total += float(g) ** 2
    if total <= theta**2:
        return
    for grad in grads:
        for place in np.ndindex(*grad.shape):
            grad[place] = grad[place] * theta / math.sqrt(total)


def perplexity(nll):
    return math.exp(math.fsum(nll) / len(nll))


def embedding(indices, W):
    result = np.empty((*indices.shape, W.shape[1]), dtype=W.dtype)
    for place in np.ndindex(*indices.shape):
        result[place] = W[int(indices[place])]
    return result


def embedding_backward(dout, indices, vocab_size):
    dW = np.zeros((vocab_size, dout.shape[-1]), dtype=dout.dtype)
    for place in np.ndindex(*indices.shape):
        dW[int(indices[place])] += dout[place]
    return dW


def skip_gram_loss(center, context, negatives):
    def cost(s):
        # log(1 + exp(-s)) without overflow
        return max(-s, 0.0) + math.log1p(math.exp(-abs(s)))

    loss = cost(sum(float(u) * float(v) for u, v in zip(context, center, strict=False)))
    for row in negatives:
        loss += cost(-sum(float(u) * float(v) for u, v in zip(row, center, strict=False)))
    return loss


def ngram_counts(tokens, n):
    counts = {}
    window = []
    for token in tokens:
        window = (window + [token])[-n:]
        if len(window) == n:
            counts.setdefault(tuple(window), 0)
            counts[tuple(window)] += 1
    return counts


def bigram_log_probability(tokens, corpus):
    if tokens[0] not in corpus:
        return -math.inf
    total = math.log(corpus.count(tokens[0])) - math.log(len(corpus))
    for t in range(1, len(tokens)):
        a, b = tokens[t - 1], tokens[t]
        both = sum(corpus[i] == a and corpus[i + 1] == b for i in range(len(corpus) - 1))
        if both == 0:
            return -math.inf
        total += math.log(both / corpus.count(a))
    return total
