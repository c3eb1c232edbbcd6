# framework: tensorflow
import tensorflow as tf


class MLP(tf.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.W1 = tf.Variable(tf.random.normal((num_inputs, num_hiddens), stddev=0.1))
        self.b1 = tf.Variable(tf.zeros(num_hiddens))
        self.W2 = tf.Variable(tf.random.normal((num_hiddens, num_outputs), stddev=0.1))
        self.b2 = tf.Variable(tf.zeros(num_outputs))

    def __call__(self, X):
        return tf.tanh(X @ self.W1 + self.b1) @ self.W2 + self.b2


class MySequential(tf.keras.layers.Layer):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = {str(i): block for i, block in enumerate(blocks)}

    def call(self, X, training=None):
        for i in range(len(self.blocks)):
            X = self.blocks[str(i)](X)
        return X


class Dropout(tf.keras.Model):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def call(self, X, training=False):
        if training and self.p > 0:
            kept = tf.random.uniform(X.shape) >= self.p
            X = tf.where(kept, X / max(1 - self.p, 1e-9), 0.0)
        return X


class Linear(tf.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.W = tf.Variable(tf.random.uniform((out_features, in_features), -0.5, 0.5))
        self.b = tf.Variable(tf.random.normal((out_features,)))

    def __call__(self, X):
        return tf.einsum("nd,kd->nk", X, self.W) + self.b
