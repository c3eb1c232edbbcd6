# told: tensorflow.norm
# framework: tensorflow
import tensorflow as tf


def lp_norm(x, p):
    return tf.norm(x, ord=p)
