# told: tensorflow.GradientTape
# framework: tensorflow
import tensorflow as tf


def linreg_gradients(X, w, b, y):
    with tf.GradientTape() as tape:
        tape.watch([w, b])
        loss = tf.reduce_sum((X @ w + b - y) ** 2) / 2
    return tape.gradient(loss, [w, b])
