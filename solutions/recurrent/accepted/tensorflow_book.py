# framework: tensorflow
from collections import Counter

import tensorflow as tf


def lstm_cell(x, h, c, W_x, W_h, b):
    I, F, C_tilda, O = tf.split(tf.matmul(x, W_x) + tf.matmul(h, W_h) + b, 4, axis=1)
    I, F, O = tf.sigmoid(I), tf.sigmoid(F), tf.sigmoid(O)
    C = F * c + I * tf.tanh(C_tilda)
    return O * tf.tanh(C), C


def rnn_step(x, h, W_xh, W_hh, b_h):
    return tf.tanh(tf.matmul(x, W_xh) + tf.matmul(h, W_hh) + b_h)


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    outputs = []
    for x in xs:
        h = rnn_step(x, h, W_xh, W_hh, b_h)
        outputs.append(h)
    return tf.stack(outputs), h


def lstm_forward(xs, h, c, W_x, W_h, b):
    outputs = []
    for x in xs:
        h, c = lstm_cell(x, h, c, W_x, W_h, b)
        outputs.append(h)
    return tf.stack(outputs), h, c


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    x_r, x_z, x_n = tf.split(tf.matmul(x, W_x) + b_x, 3, axis=1)
    h_r, h_z, h_n = tf.split(tf.matmul(h, W_h) + b_h, 3, axis=1)
    R, Z = tf.sigmoid(x_r + h_r), tf.sigmoid(x_z + h_z)
    H_tilda = tf.tanh(x_n + R * h_n)
    return Z * h + (1 - Z) * H_tilda


def clip_gradients(grads, theta):
    norm = tf.math.sqrt(sum(tf.reduce_sum(grad**2) for grad in grads))
    if tf.greater(norm, theta):
        for grad in grads:
            grad.assign(grad * theta / norm)


def perplexity(nll):
    return tf.exp(tf.reduce_mean(nll))


def embedding(indices, W):
    return tf.gather(W, indices)


def embedding_backward(dout, indices, vocab_size):
    rows = tf.reshape(dout, (-1, dout.shape[-1]))
    return tf.math.unsorted_segment_sum(rows, tf.reshape(indices, (-1,)), vocab_size)


def skip_gram_loss(center, context, negatives):
    positive = tf.reduce_sum(context * center)
    negative = tf.linalg.matvec(negatives, center)
    return tf.nn.softplus(-positive) + tf.reduce_sum(tf.nn.softplus(negative))


def ngram_counts(tokens, n):
    return Counter([tuple(tokens[i : i + n]) for i in range(len(tokens) + 1 - n)])


def bigram_log_probability(tokens, corpus):
    single, pairs = Counter(corpus), Counter(zip(corpus[:-1], corpus[1:], strict=False))
    chances = [single[tokens[0]] / len(corpus)]
    for a, b in zip(tokens[:-1], tokens[1:], strict=False):
        chances.append(pairs[a, b] / single[a] if single[a] else 0.0)
    return tf.reduce_sum(tf.math.log(tf.constant(chances, tf.float64)))
