# framework: tensorflow
import tensorflow as tf


class MLP(tf.keras.Model):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(units=num_hiddens, activation=tf.nn.relu)
        self.out = tf.keras.layers.Dense(units=num_outputs)

    def call(self, X):
        return self.out(self.hidden(X))


class MySequential(tf.keras.Model):
    def __init__(self, *args):
        super().__init__()
        self.modules = args

    def call(self, X):
        for module in self.modules:
            X = module(X)
        return X


class Dropout(tf.keras.layers.Layer):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def call(self, X, training=None):
        if not training:
            return X
        if self.p == 1:
            return tf.zeros_like(X)
        mask = tf.random.uniform(shape=tf.shape(X), minval=0, maxval=1) < 1 - self.p
        return tf.cast(mask, dtype=tf.float32) * X / (1.0 - self.p)


class Linear(tf.keras.layers.Layer):
    def __init__(self, in_features, units):
        super().__init__()
        self.units = units

    def build(self, X_shape):
        self.weight = self.add_weight(
            name="weight",
            shape=[X_shape[-1], self.units],
            initializer=tf.random_normal_initializer(),
        )
        self.bias = self.add_weight(
            name="bias", shape=[self.units], initializer=tf.zeros_initializer()
        )

    def call(self, X):
        return tf.matmul(X, self.weight) + self.bias
