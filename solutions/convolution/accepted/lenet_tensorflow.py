# framework: tensorflow
import tensorflow as tf


class LeNet(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.net = tf.keras.models.Sequential(
            [
                tf.keras.layers.Conv2D(6, kernel_size=5, activation="sigmoid", padding="same"),
                tf.keras.layers.AvgPool2D(pool_size=2, strides=2),
                tf.keras.layers.Conv2D(16, kernel_size=5, activation="sigmoid"),
                tf.keras.layers.AvgPool2D(pool_size=2, strides=2),
                tf.keras.layers.Flatten(),
                tf.keras.layers.Dense(120, activation="sigmoid"),
                tf.keras.layers.Dense(84, activation="sigmoid"),
                tf.keras.layers.Dense(10),
            ]
        )

    def call(self, X):
        return self.net(tf.transpose(X, perm=[0, 2, 3, 1]))
