# framework: tensorflow
import tensorflow as tf


def lp_norm(x, p):
    return tf.reduce_sum(tf.abs(x) ** p) ** (1 / p)


def frobenius_norm(A):
    return tf.sqrt(tf.reduce_sum(tf.square(A)))


def numerical_gradient(f, x, h=1e-5):
    flat = tf.reshape(x, (-1,))
    slopes = []
    for i in range(flat.shape[0]):
        step = tf.reshape(h * tf.one_hot(i, flat.shape[0], dtype=x.dtype), x.shape)
        slopes.append((f(x + step) - f(x - step)) / (2 * h))
    return tf.reshape(tf.stack(slopes), x.shape)


def quadratic_gradient(x):
    with tf.GradientTape() as t:
        t.watch(x)
        y = 2 * tf.tensordot(x, x, axes=1)
    return t.gradient(y, x)


def sample_counts(probs, n):
    outcomes = tf.random.categorical(tf.math.log(probs)[None, :], n)
    return tf.math.bincount(tf.cast(outcomes[0], tf.int32), minlength=len(probs))


def posterior(prior, likelihood):
    joint = prior * likelihood
    return joint / tf.reduce_sum(joint)


def mean_and_variance(values, probs):
    mean = tf.reduce_sum(values * probs)
    return mean, tf.reduce_sum((values - mean) ** 2 * probs)


def add_vectors(a, b):
    return tf.add(a, b)


def pairwise_sum(a, b):
    return tf.reshape(a, (-1, 1)) + tf.reshape(b, (1, -1))
