# framework: tensorflow
import tensorflow as tf


class LinearRegressionScratch(tf.keras.Model):
    def __init__(self, num_inputs, lr, dtype):
        super().__init__()
        self.lr = lr
        self.w = tf.Variable(tf.random.normal((num_inputs, 1), stddev=0.01, dtype=dtype))
        self.b = tf.Variable(tf.zeros(1, dtype=dtype))

    def forward(self, X):
        return linreg(X, self.w, self.b)

    def training_step(self, X, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(squared_loss(self.forward(X), y))
        params = [self.w, self.b]
        sgd(params, tape.gradient(loss, params), self.lr, len(y))


def synthetic_data(w, b, num_examples):
    X = tf.random.normal((num_examples, len(w)), dtype=w.dtype)
    noise = tf.random.normal((num_examples, 1), stddev=0.01, dtype=w.dtype)
    return X, X @ w + b + noise


def data_iter(batch_size, features, labels):
    order = tf.random.shuffle(tf.range(features.shape[0]))
    for start in range(0, features.shape[0], batch_size):
        batch = order[start : start + batch_size]
        yield tf.gather(features, batch), tf.gather(labels, batch)


def linreg(X, w, b):
    return tf.tensordot(X, w, axes=1) + b


def squared_loss(y_hat, y):
    return tf.square(y_hat - tf.reshape(y, tf.shape(y_hat))) / 2


def linreg_gradients(X, w, b, y):
    error = X @ w + b - y
    return tf.transpose(X) @ error, tf.reduce_sum(error, 0)


def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads, strict=True):
        param.assign(param - lr / batch_size * grad)


def normal_equation(X, y):
    X = tf.pad(X, [[0, 0], [0, 1]], constant_values=1)
    return tf.linalg.inv(tf.transpose(X) @ X) @ tf.transpose(X) @ y


def train_linreg(features, labels, lr, num_epochs, batch_size):
    model = LinearRegressionScratch(features.shape[1], lr, features.dtype)
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            model.training_step(X, y)
    return model.w, model.b
