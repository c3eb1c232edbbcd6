# told: tensorflow.keras.layers.GRUCell
# framework: tensorflow
import tensorflow as tf


def update_first(W):
    r, z, n = tf.split(W, 3, axis=-1)
    return tf.concat([z, r, n], axis=-1)


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    cell = tf.keras.layers.GRUCell(h.shape[1], reset_after=True, dtype=x.dtype)
    cell.build(x.shape)
    biases = tf.stack([update_first(b_x), update_first(b_h)])
    cell.set_weights([update_first(W_x), update_first(W_h), biases])
    return cell(x, [h])[0]
