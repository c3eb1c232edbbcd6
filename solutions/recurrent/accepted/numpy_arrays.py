# framework: numpy
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_cell(x, h, c, W_x, W_h, b):
    a = x @ W_x + h @ W_h + b
    i, f, g, o = np.split(a, 4, axis=1)
    c_new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_new), c_new


def rnn_step(x, h, W_xh, W_hh, b_h):
    return np.tanh(x.dot(W_xh) + h.dot(W_hh) + b_h)


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    hs = [h]
    for x in xs:
        # tanh(a) = 2 / (1 + exp(-2 a)) - 1
        hs.append(2 * sigmoid(2 * (x @ W_xh + hs[-1] @ W_hh + b_h)) - 1)
    return np.stack(hs[1:]), hs[-1]


def lstm_forward(xs, h, c, W_x, W_h, b):
    steps = len(xs)
    hs = np.zeros((steps,) + h.shape, dtype=xs.dtype)
    for t, a in enumerate(np.einsum("tnd,dk->tnk", xs, W_x) + b):
        i, f, g, o = np.split(a + h @ W_h, 4, axis=1)
        c = c * sigmoid(f) + sigmoid(i) * np.tanh(g)
        hs[t] = h = sigmoid(o) * np.tanh(c)
    return hs, hs[steps - 1], c


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    x_r, x_z, x_n = np.split(x @ W_x + b_x, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ W_h + b_h, 3, axis=1)
    z = sigmoid(x_z + h_z)
    return z * h + (1 - z) * np.tanh(x_n + sigmoid(x_r + h_r) * h_n)


def clip_gradients(grads, theta):
    norm = np.linalg.norm([np.linalg.norm(grad.ravel()) for grad in grads])
    if norm > theta:
        for grad in grads:
            grad[...] = grad * (theta / norm)


def perplexity(nll):
    return np.exp(np.average(nll))


def embedding(indices, W):
    return np.take(W, indices, axis=0)


def embedding_backward(dout, indices, vocab_size):
    dW = np.zeros((vocab_size, dout.shape[-1]), dtype=dout.dtype)
    np.add.at(dW, indices, dout)
    return dW


def skip_gram_loss(center, context, negatives):
    return np.logaddexp(0, -context @ center) + np.logaddexp(0, negatives @ center).sum()


def ngram_counts(tokens, n):
    runs = [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]
    return {run: runs.count(run) for run in runs}


def bigram_log_probability(tokens, corpus):
    corpus, tokens = np.array(corpus), np.array(tokens)
    chances = [np.mean(corpus == tokens[0])]
    for a, b in zip(tokens, tokens[1:], strict=False):
        before = corpus == a
        chances.append((before[:-1] & (corpus[1:] == b)).sum() / max(before.sum(), 1))
    with np.errstate(divide="ignore"):
        return np.log(chances).sum()
