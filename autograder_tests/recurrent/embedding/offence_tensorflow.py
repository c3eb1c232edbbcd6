# told: tensorflow.nn.embedding_lookup
# framework: tensorflow
import tensorflow as tf


def embedding(indices, W):
    return tf.nn.embedding_lookup(W, indices)
