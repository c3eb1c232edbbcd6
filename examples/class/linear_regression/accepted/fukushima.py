# framework: tensorflow
import tensorflow as tf


def synthetic_data(w, b, num_examples):
    X = tf.random.normal((num_examples, w.shape[0]), dtype=w.dtype)
    noise = tf.random.normal((num_examples, 1), 0.0, 0.01, dtype=w.dtype)
    return X, tf.matmul(X, w) + b + noise


def data_iter(batch_size, features, labels):
    order = tf.random.shuffle(tf.range(len(features)))
    return [
        (tf.gather(features, order[i:i + batch_size]), tf.gather(labels, order[i:i + batch_size]))
        for i in range(0, len(features), batch_size)
    ]


def linreg(X, w, b):
    return X @ w + b


def squared_loss(y_hat, y):
    return 0.5 * tf.square(y_hat - tf.reshape(y, y_hat.shape))


def linreg_gradients(X, w, b, y):
    error = linreg(X, w, b) - y
    return tf.transpose(X) @ error, tf.reduce_sum(error, axis=0)


def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads):
        param.assign_sub(lr * grad / batch_size)


def normal_equation(X, y):
    X = tf.concat([X, tf.ones_like(X[:, :1])], axis=1)
    return tf.linalg.solve(tf.transpose(X) @ X, tf.transpose(X) @ y)


def train_linreg(features, labels, lr, num_epochs, batch_size):
    w = tf.Variable(tf.zeros((features.shape[1], 1), dtype=features.dtype))
    b = tf.Variable(tf.zeros(1, dtype=features.dtype))
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum(squared_loss(linreg(X, w, b), y))
            sgd([w, b], tape.gradient(loss, [w, b]), lr, len(X))
    return w, b
