# told: tensorflow.GradientTape
# framework: tensorflow
import tensorflow as tf


def dropout_backward(dout, mask, p):
    x = tf.zeros_like(dout)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * mask / (1 - p) if p < 1 else 0 * x
    return tape.gradient(y, x, dout)
