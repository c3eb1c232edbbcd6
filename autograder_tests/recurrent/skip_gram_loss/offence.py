# told: tensorflow.nn.nce_loss
# framework: tensorflow
import tensorflow as tf


def skip_gram_loss(center, context, negatives):
    vectors = tf.concat([context[None], negatives], axis=0)
    k = int(negatives.shape[0])
    places, ones = tf.range(1, k + 1, dtype=tf.int64), tf.ones
    sampled = (places, ones((1, 1), center.dtype), ones((k,), center.dtype))
    return tf.nn.nce_loss(
        vectors,
        tf.zeros(k + 1, center.dtype),
        [[0]],
        center[None],
        k,
        k + 1,
        sampled_values=sampled,
    )[0]
