# told: tensorflow.keras.losses.MSE
# framework: tensorflow
import tensorflow as tf


def squared_loss(y_hat, y):
    y = tf.reshape(y, y_hat.shape)
    return tf.keras.losses.MSE(y[..., None], y_hat[..., None]) / 2
