# told: tensorflow.GradientTape
# framework: tensorflow
import tensorflow as tf


def softmax_cross_entropy_gradient(logits, y):
    with tf.GradientTape() as tape:
        tape.watch(logits)
        loss = tf.nn.sparse_softmax_cross_entropy_with_logits(y, logits)
        mean = tf.reduce_mean(loss)
    return tape.gradient(mean, logits)
