# framework: tensorflow
import tensorflow as tf


def train_mlp(X, y, hidden, lr, num_epochs):
    W1 = tf.Variable(tf.random.normal((X.shape[1], hidden), stddev=0.5))
    b1 = tf.Variable(tf.zeros(hidden))
    W2 = tf.Variable(tf.random.normal((hidden, 1), stddev=0.5))
    b2 = tf.Variable(tf.zeros(1))
    params = [W1, b1, W2, b2]

    def net(X):
        return tf.matmul(tf.tanh(tf.matmul(X, W1) + b1), W2) + b2

    for _ in range(num_epochs):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((net(X) - y) ** 2 / 2)
        for param, gradient in zip(params, tape.gradient(loss, params), strict=True):
            param.assign_sub(lr * gradient)
    return net
