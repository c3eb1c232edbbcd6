# framework: tensorflow
import tensorflow as tf


def lstm_cell(x, h, c, W_x, W_h, b):
    I, F, C_tilda, O = tf.split(tf.matmul(x, W_x) + tf.matmul(h, W_h) + b, 4, axis=1)
    I, F, O = tf.sigmoid(I), tf.sigmoid(F), tf.sigmoid(O)
    C = F * c + I * tf.tanh(C_tilda)
    return O * tf.tanh(C), C
