# told: tensorflow.norm
# framework: tensorflow
import tensorflow as tf


def l1_penalty(w):
    return tf.norm(w, ord=1)
