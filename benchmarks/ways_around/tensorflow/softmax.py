# Ways to a softmax of the rows of X, in TensorFlow and Keras.
import importlib

import keras
import tensorflow as tf


def by_attribute(X):
    return getattr(tf.nn, "soft" + "max")(X)


@tf.function(autograph=False)
def in_a_graph(X):
    return getattr(tf.nn, "soft" + "max")(X)


@tf.function(autograph=False, jit_compile=True)
def compiled(X):
    return getattr(tf.nn, "soft" + "max")(X)


def raw_operation(X):
    return getattr(tf.raw_ops, "Soft" + "max")(logits=X)


def private_module(X):
    pieces = importlib.import_module("tensorflow.python.ops.gen_nn_ops")
    return getattr(pieces, "soft" + "max")(X)


def layer(X):
    return getattr(keras.layers, "Soft" + "max")()(X)


def activation_by_name(X):
    k = X.shape[1]
    return keras.layers.Dense(
        k, activation="soft" + "max", kernel_initializer="identity", use_bias=False
    )(X)


def ops_of_keras(X):
    return getattr(keras.ops, "soft" + "max")(X)


def old_interface(X):
    return getattr(tf.compat.v1.nn, "soft" + "max")(X)


def slope_of_logsumexp(X):
    with tf.GradientTape() as tape:
        tape.watch(X)
        total = tf.reduce_sum(tf.reduce_logsumexp(X, axis=1))
    return tape.gradient(total, X)
