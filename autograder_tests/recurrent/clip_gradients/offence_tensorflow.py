# told: tensorflow.clip_by_global_norm
# framework: tensorflow
import tensorflow as tf


def clip_gradients(grads, theta):
    clipped, _ = tf.clip_by_global_norm(grads, theta)
    for grad, new in zip(grads, clipped):
        grad.assign(new)
