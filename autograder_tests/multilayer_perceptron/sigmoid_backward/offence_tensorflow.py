# told: tensorflow.raw_ops.SigmoidGrad
# framework: tensorflow
import tensorflow as tf


def sigmoid_backward(dout, x):
    return tf.raw_ops.SigmoidGrad(y=tf.sigmoid(x), dy=dout)
