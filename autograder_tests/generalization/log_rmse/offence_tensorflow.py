# told: keras.losses.MeanSquaredLogarithmicError
# framework: tensorflow
import keras
import tensorflow as tf


def log_rmse(predictions, labels):
    loss = keras.losses.MeanSquaredLogarithmicError()
    return tf.sqrt(loss(labels - 1, tf.maximum(predictions, 1) - 1))
