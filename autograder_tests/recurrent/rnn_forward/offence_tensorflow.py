# told: tensorflow.keras.layers.SimpleRNN
# framework: tensorflow
import tensorflow as tf


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    layer = tf.keras.layers.SimpleRNN(
        h.shape[1], return_sequences=True, return_state=True, dtype=xs.dtype
    )
    rows = tf.transpose(xs, (1, 0, 2))
    layer.build(rows.shape)
    layer.set_weights([W_xh, W_hh, b_h])
    hs, last = layer(rows, initial_state=h)
    return tf.transpose(hs, (1, 0, 2)), last
