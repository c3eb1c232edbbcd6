# told: tensorflow.GradientTape
# framework: tensorflow
import tensorflow as tf


def relu_backward(dout, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.maximum(x, 0)
    return tape.gradient(y, x, dout)
