# told: tensorflow.norm
# framework: tensorflow
import tensorflow as tf


def frobenius_norm(A):
    return tf.norm(A)
