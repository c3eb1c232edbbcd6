# told: tensorflow.nn.l2_loss
# framework: tensorflow
import tensorflow as tf


def l2_penalty(w):
    return tf.nn.l2_loss(w)
