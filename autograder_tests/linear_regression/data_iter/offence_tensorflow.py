# told: tensorflow.data.Dataset.from_tensor_slices
# framework: tensorflow
import tensorflow as tf


def data_iter(batch_size, features, labels):
    data = tf.data.Dataset.from_tensor_slices((features, labels))
    return list(data.shuffle(len(features)).batch(batch_size))
