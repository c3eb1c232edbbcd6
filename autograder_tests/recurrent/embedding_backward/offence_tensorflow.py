# told: tensorflow.GradientTape
# framework: tensorflow
import tensorflow as tf


def embedding_backward(dout, indices, vocab_size):
    W = tf.Variable(tf.zeros((vocab_size, dout.shape[-1]), dout.dtype))
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.gather(W, indices) * dout)
    return tf.convert_to_tensor(tape.gradient(loss, W))
