# framework: mxnet
import math
from collections import Counter

from mxnet import np, npx

npx.set_np()


def lstm_cell(x, h, c, W_x, W_h, b):
    I, F, C, O = np.split(np.dot(x, W_x) + np.dot(h, W_h) + b, 4, axis=1)
    I, F, O = npx.sigmoid(I), npx.sigmoid(F), npx.sigmoid(O)
    C = F * c + I * np.tanh(C)
    H = O * np.tanh(C)
    return H, C


def rnn_step(x, h, W_xh, W_hh, b_h):
    return np.tanh(np.dot(x, W_xh) + np.dot(h, W_hh) + b_h)


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    outputs = []
    for x in xs:
        h = rnn_step(x, h, W_xh, W_hh, b_h)
        outputs.append(h)
    return np.stack(outputs), h


def lstm_forward(xs, h, c, W_x, W_h, b):
    outputs = []
    for x in xs:
        h, c = lstm_cell(x, h, c, W_x, W_h, b)
        outputs.append(h)
    return np.stack(outputs), h, c


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    x_r, x_z, x_n = np.split(np.dot(x, W_x) + b_x, 3, axis=1)
    h_r, h_z, h_n = np.split(np.dot(h, W_h) + b_h, 3, axis=1)
    R, Z = npx.sigmoid(x_r + h_r), npx.sigmoid(x_z + h_z)
    H_tilda = np.tanh(x_n + R * h_n)
    return Z * h + (1 - Z) * H_tilda


def clip_gradients(grads, theta):
    norm = math.sqrt(sum(float((grad**2).sum()) for grad in grads))
    if norm > theta:
        for grad in grads:
            grad[:] *= theta / norm


def perplexity(nll):
    return math.exp(float(nll.mean()))


def embedding(indices, W):
    return W[indices]


def embedding_backward(dout, indices, vocab_size):
    dW = np.zeros((vocab_size, dout.shape[-1]), dtype=dout.dtype)
    rows = dout.reshape((-1, dout.shape[-1]))
    for row, index in zip(rows, indices.reshape((-1,)), strict=False):
        dW[int(index)] += row
    return dW


def skip_gram_loss(center, context, negatives):
    scores = np.concatenate([np.dot(context, center).reshape((1,)), -np.dot(negatives, center)])
    # log(1 + exp(-s)), with the larger of 0 and -s taken out
    return (np.maximum(-scores, 0) + np.log1p(np.exp(-np.abs(scores)))).sum()


def ngram_counts(tokens, n):
    return Counter(zip(*[tokens[i:] for i in range(n)], strict=False))


def bigram_log_probability(tokens, corpus):
    single, pairs = ngram_counts(corpus, 1), ngram_counts(corpus, 2)
    try:
        result = math.log(single[(tokens[0],)] / len(corpus))
        for pair in zip(tokens, tokens[1:], strict=False):
            result += math.log(pairs[pair] / single[pair[:1]])
    except (ValueError, ZeroDivisionError):
        return float("-inf")
    return result
