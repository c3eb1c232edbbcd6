# Ways to a ReLU, in TensorFlow and Keras.
import keras
import tensorflow as tf


def by_attribute(X):
    return getattr(tf.nn, "re" + "lu")(X)


def raw_operation(X):
    return getattr(tf.raw_ops, "Re" + "lu")(features=X)


def layer(X):
    return getattr(keras.layers, "Re" + "LU")()(X)


def activation_by_name(X):
    return getattr(keras.layers, "Activ" + "ation")("re" + "lu")(X)


def leaky(X):
    return getattr(tf.nn, "leaky_re" + "lu")(X, 0.0)


def clip(X):
    return tf.clip_by_value(X, 0.0, float("inf"))
