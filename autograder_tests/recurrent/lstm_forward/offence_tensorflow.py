# told: tensorflow.keras.layers.LSTM
# framework: tensorflow
import tensorflow as tf


def lstm_forward(xs, h, c, W_x, W_h, b):
    layer = tf.keras.layers.LSTM(
        h.shape[1], return_sequences=True, return_state=True, dtype=xs.dtype
    )
    rows = tf.transpose(xs, (1, 0, 2))
    layer.build(rows.shape)
    layer.set_weights([W_x, W_h, b])
    hs, last_h, last_c = layer(rows, initial_state=[h, c])
    return tf.transpose(hs, (1, 0, 2)), last_h, last_c
