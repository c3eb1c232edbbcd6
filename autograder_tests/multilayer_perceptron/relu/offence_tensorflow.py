# told: tensorflow.nn.relu
# framework: tensorflow
import tensorflow as tf


def relu(x):
    return tf.nn.relu(x)
