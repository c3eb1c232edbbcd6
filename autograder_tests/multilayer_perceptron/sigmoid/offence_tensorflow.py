# told: tensorflow.sigmoid
# framework: tensorflow
import tensorflow as tf


def sigmoid(x):
    return tf.sigmoid(x)
