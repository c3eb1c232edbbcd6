# told: tensorflow.keras.Sequential
# framework: tensorflow
import tensorflow as tf


class MySequential(tf.keras.Model):
    def __init__(self, *blocks):
        super().__init__()
        self.net = tf.keras.Sequential(list(blocks))

    def call(self, X):
        return self.net(X)
