"""What learners stumble over in one framework: exercise, name, and the code as they wrote it.

The code stands below the imports of its framework. Each is a question of a forum or an issue,
in the course's own functions.
"""

from __future__ import annotations

HEADS = {
    "tensorflow": "import numpy as np\nimport tensorflow as tf\n",
    "jax": "import random\nimport numpy as np\nimport jax\nfrom jax import numpy as jnp\n",
    "mxnet": "from mxnet import autograd, np, npx\nnpx.set_np()\n",
}

TENSORFLOW = [
    (
        "softmax_regression/one_hot",
        "item_assigned",
        """
def one_hot(labels, num_classes):
    result = tf.zeros((len(labels), num_classes))
    for i, label in enumerate(labels):
        result[i, label] = 1
    return result
""",
    ),
    (
        "linear_regression/sgd",
        "variable_rebound",
        """
def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads):
        param -= lr * grad / batch_size
""",
    ),
    (
        "linear_regression/sgd",
        "assign_of_a_tensor",
        """
def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads):
        tf.convert_to_tensor(param).assign_sub(lr * grad / batch_size)
""",
    ),
    (
        "preliminaries/quadratic_gradient",
        "not_watched",
        """
def quadratic_gradient(x):
    with tf.GradientTape() as tape:
        y = 2 * tf.reduce_sum(x * x)
    return tape.gradient(y, x)
""",
    ),
    (
        "preliminaries/quadratic_gradient",
        "computed_outside_of_the_tape",
        """
def quadratic_gradient(x):
    x = tf.Variable(x)
    y = 2 * tf.reduce_sum(x * x)
    with tf.GradientTape() as tape:
        pass
    return tape.gradient(y, x)
""",
    ),
    (
        "preliminaries/quadratic_gradient",
        "asked_twice",
        """
def quadratic_gradient(x):
    x = tf.Variable(x)
    with tf.GradientTape() as tape:
        y = 2 * tf.reduce_sum(x * x)
    tape.gradient(y, x)
    return tape.gradient(y, x)
""",
    ),
    (
        "linear_regression/linreg",
        "one_axis_in_matmul",
        """
def linreg(X, w, b):
    return tf.matmul(X, tf.reshape(w, (-1,))) + b
""",
    ),
    (
        "linear_regression/linreg_gradients",
        "transposed_as_in_numpy",
        """
def linreg_gradients(X, w, b, y):
    error = tf.matmul(X, w) + b - y
    return tf.matmul(X.T, error), tf.reduce_sum(error, axis=0)
""",
    ),
    (
        "linear_regression/train_linreg",
        "float32_parameters",
        """
def train_linreg(features, labels, lr, num_epochs, batch_size):
    w = tf.Variable(tf.zeros((features.shape[1], 1)))
    b = tf.Variable(tf.zeros(1))
    for _ in range(num_epochs):
        for i in range(0, len(features), batch_size):
            X, y = features[i:i + batch_size], labels[i:i + batch_size]
            error = tf.matmul(X, w) + b - y
            w.assign_sub(lr * tf.matmul(X, error, transpose_a=True) / len(X))
            b.assign_sub(lr * tf.reduce_sum(error, axis=0) / len(X))
    return w, b
""",
    ),
    (
        "softmax_regression/accuracy",
        "integers_of_two_kinds",
        """
def accuracy(y_hat, y):
    hit = tf.argmax(y_hat, axis=1, output_type=tf.int32) == y
    return tf.reduce_mean(tf.cast(hit, y_hat.dtype))
""",
    ),
    (
        "softmax_regression/accuracy",
        "mean_of_booleans",
        """
def accuracy(y_hat, y):
    return tf.reduce_mean(tf.argmax(y_hat, axis=1) == tf.cast(y, tf.int64))
""",
    ),
    (
        "softmax_regression/cross_entropy",
        "indexed_as_in_numpy",
        """
def cross_entropy(y_hat, y):
    return -tf.math.log(y_hat[range(len(y_hat)), y])
""",
    ),
    (
        "softmax_regression/cross_entropy",
        "from_logits",
        """
def cross_entropy(y_hat, y):
    y = tf.one_hot(y, y_hat.shape[1], dtype=y_hat.dtype)
    return -tf.reduce_sum(y * (y_hat - tf.reduce_logsumexp(y_hat, 1, keepdims=True)), 1)
""",
    ),
    (
        "generalization/dropout",
        "drawn_while_traced",
        """
@tf.function
def drop(X, p):
    mask = np.random.rand(*X.shape) >= p
    return tf.where(mask, X / (1 - p), tf.zeros_like(X))


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return tf.zeros_like(X)
    return drop(X, p)
""",
    ),
    (
        "recurrent/rnn_forward",
        "list_in_a_graph",
        """
@tf.function
def rnn_forward(xs, h, W_xh, W_hh, b_h):
    hs = []
    for x in xs:
        h = tf.tanh(tf.matmul(x, W_xh) + tf.matmul(h, W_hh) + b_h)
        hs.append(h)
    return tf.stack(hs), h
""",
    ),
    (
        "softmax_regression/entropy",
        "numpy_in_a_graph",
        """
@tf.function
def entropy(p):
    p = p.numpy()
    return -np.sum(p[p > 0] * np.log(p[p > 0]))
""",
    ),
    (
        "modules/MLP",
        "forward_for_call",
        """
class MLP(tf.keras.Model):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(num_hiddens, activation="relu")
        self.out = tf.keras.layers.Dense(num_outputs)

    def forward(self, X):
        return self.out(self.hidden(X))
""",
    ),
    (
        "modules/MLP",
        "super_forgotten",
        """
class MLP(tf.keras.Model):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        self.hidden = tf.keras.layers.Dense(num_hiddens, activation="relu")
        self.out = tf.keras.layers.Dense(num_outputs)

    def call(self, X):
        return self.out(self.hidden(X))
""",
    ),
    (
        "attention/layer_norm",
        "dim_for_axis",
        """
def layer_norm(X, gamma, beta, eps=1e-5):
    mean = tf.reduce_mean(X, dim=-1, keepdims=True)
    return gamma * (X - mean) / tf.sqrt(tf.reduce_mean((X - mean) ** 2, -1, True) + eps) + beta
""",
    ),
    (
        "softmax_regression/softmax",
        "transposed_sum",
        """
def softmax(X):
    E = tf.exp(X - tf.reduce_max(X, 1, keepdims=True))
    return E / tf.reduce_sum(E, 1)
""",
    ),
]

JAX = [
    (
        "softmax_regression/one_hot",
        "item_assigned",
        """
def one_hot(labels, num_classes):
    result = jnp.zeros((len(labels), num_classes))
    result[jnp.arange(len(labels)), labels] = 1
    return result
""",
    ),
    (
        "softmax_regression/one_hot",
        "at_assigned",
        """
def one_hot(labels, num_classes):
    result = jnp.zeros((len(labels), num_classes))
    result.at[jnp.arange(len(labels)), labels] = 1
    return result
""",
    ),
    (
        "softmax_regression/one_hot",
        "at_unused",
        """
def one_hot(labels, num_classes):
    result = jnp.zeros((len(labels), num_classes))
    result.at[jnp.arange(len(labels)), labels].set(1)
    return result
""",
    ),
    (
        "linear_regression/sgd",
        "in_place",
        """
def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads):
        param -= lr * grad / batch_size
""",
    ),
    (
        "linear_regression/sgd",
        "list_changed",
        """
def sgd(params, grads, lr, batch_size):
    for i in range(len(params)):
        params[i] = params[i] - lr * grads[i] / batch_size
""",
    ),
    (
        "linear_regression/synthetic_data",
        "key_used_twice",
        """
def synthetic_data(w, b, num_examples):
    key = jax.random.PRNGKey(random.randint(0, 2**31 - 1))
    X = jax.random.normal(key, (num_examples, len(w)), w.dtype)
    noise = 0.01 * jax.random.normal(key, (num_examples, 1), w.dtype)
    return X, X @ w.reshape(-1, 1) + b + noise
""",
    ),
    (
        "generalization/dropout",
        "key_fixed",
        """
def dropout(X, p, training=True, key=jax.random.PRNGKey(0)):
    if not training or p == 0:
        return X
    if p == 1:
        return jnp.zeros_like(X)
    return jnp.where(jax.random.uniform(key, X.shape) >= p, X / (1 - p), 0)
""",
    ),
    (
        "generalization/dropout",
        "key_of_the_module",
        """
KEY = jax.random.PRNGKey(0)


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return jnp.zeros_like(X)
    return jnp.where(jax.random.uniform(KEY, X.shape) >= p, X / (1 - p), 0)
""",
    ),
    (
        "generalization/dropout",
        "number_for_a_key",
        """
def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    return jnp.where(jax.random.uniform(0, X.shape) >= p, X / (1 - p), 0)
""",
    ),
    (
        "softmax_regression/entropy",
        "mask_in_jit",
        """
@jax.jit
def entropy(p):
    p = p[p > 0]
    return -(p * jnp.log(p)).sum()
""",
    ),
    (
        "multilayer_perceptron/relu",
        "if_in_jit",
        """
@jax.jit
def relu(x):
    return x if x.min() > 0 else jnp.maximum(x, 0)
""",
    ),
    (
        "generalization/polynomial_features",
        "number_in_jit",
        """
@jax.jit
def polynomial_features(x, degree):
    columns = [jnp.ones_like(x)]
    for i in range(1, degree + 1):
        columns.append(columns[-1] * x / i)
    return jnp.stack(columns, axis=1)
""",
    ),
    (
        "softmax_regression/one_hot",
        "shape_in_jit",
        """
@jax.jit
def one_hot(labels, num_classes):
    return jnp.zeros((len(labels), num_classes)).at[jnp.arange(len(labels)), labels].set(1)
""",
    ),
    (
        "generalization/dropout",
        "drawn_while_compiled",
        """
@jax.jit
def drop(X, p):
    return jnp.where(np.random.rand(*X.shape) >= p, X / (1 - p), 0)


def dropout(X, p, training=True):
    if not training or p == 0:
        return X
    if p == 1:
        return jnp.zeros_like(X)
    return drop(X, p)
""",
    ),
    (
        "preliminaries/quadratic_gradient",
        "gradient_of_an_array",
        """
def quadratic_gradient(x):
    return jax.grad(lambda x: 2 * x * x)(x)
""",
    ),
    (
        "preliminaries/pairwise_sum",
        "list_for_an_array",
        """
def pairwise_sum(a, b):
    return jnp.add([[one] for one in a], b)
""",
    ),
    (
        "recurrent/rnn_forward",
        "carry_of_another_kind",
        """
def rnn_forward(xs, h, W_xh, W_hh, b_h):
    def step(h, x):
        h = jnp.tanh(x @ W_xh + h @ W_hh + b_h)
        return h[0], h
    h, hs = jax.lax.scan(step, h, xs)
    return hs, h
""",
    ),
    (
        "recurrent/rnn_forward",
        "list_that_stays",
        """
def rnn_forward(xs, h, W_xh, W_hh, b_h, hs=[]):
    for x in xs:
        h = jnp.tanh(x @ W_xh + h @ W_hh + b_h)
        hs.append(h)
    return jnp.stack(hs), h
""",
    ),
    (
        "recurrent/rnn_forward",
        "list_outside_of_scan",
        """
hs = []


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    def step(h, x):
        h = jnp.tanh(x @ W_xh + h @ W_hh + b_h)
        hs.append(h)
        return h, None
    h, _ = jax.lax.scan(step, h, xs)
    return jnp.stack(hs), h
""",
    ),
    (
        "softmax_regression/softmax",
        "float32_throughout",
        """
def softmax(X):
    X = jnp.asarray(X, jnp.float32)
    E = jnp.exp(X - X.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
""",
    ),
    (
        "softmax_regression/softmax",
        "x64_disabled",
        """
jax.config.update("jax_enable_x64", False)


def softmax(X):
    E = jnp.exp(X - X.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
""",
    ),
    (
        "attention/layer_norm",
        "dim_for_axis",
        """
def layer_norm(X, gamma, beta, eps=1e-5):
    mean = X.mean(dim=-1, keepdims=True)
    return gamma * (X - mean) / jnp.sqrt(((X - mean) ** 2).mean(-1, keepdims=True) + eps) + beta
""",
    ),
    (
        "linear_regression/linreg",
        "sizes",
        """
def linreg(X, w, b):
    return jnp.dot(w, X) + b
""",
    ),
    (
        "linear_regression/linreg",
        "mapped_over_two_sizes",
        """
def linreg(X, w, b):
    return jax.vmap(lambda x, w: x @ w)(X, w) + b
""",
    ),
]

MXNET = [
    (
        "preliminaries/quadratic_gradient",
        "not_attached",
        """
def quadratic_gradient(x):
    with autograd.record():
        y = 2 * np.dot(x, x)
    y.backward()
    return x.grad
""",
    ),
    (
        "preliminaries/quadratic_gradient",
        "not_recorded",
        """
def quadratic_gradient(x):
    x = x.copy()
    x.attach_grad()
    y = 2 * np.dot(x, x)
    y.backward()
    return x.grad
""",
    ),
    (
        "preliminaries/quadratic_gradient",
        "never_backward",
        """
def quadratic_gradient(x):
    x = x.copy()
    x.attach_grad()
    with autograd.record():
        y = 2 * np.dot(x, x)
    return x.grad
""",
    ),
    (
        "generalization/l2_penalty",
        "legacy_arrays",
        """
from mxnet import nd


def l2_penalty(w):
    return nd.sum(w * w) / 2
""",
    ),
    (
        "generalization/l2_penalty",
        "number_of_one_axis",
        """
def l2_penalty(w):
    return (w * w).sum().reshape(1) / 2
""",
    ),
    (
        "softmax_regression/one_hot",
        "float32_labels",
        """
def one_hot(labels, num_classes):
    return np.eye(num_classes)[labels.astype("float32")]
""",
    ),
    (
        "linear_regression/sgd",
        "in_place_while_recorded",
        """
def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads):
        param.attach_grad()
        with autograd.record():
            param[:] = param - lr * grad / batch_size
""",
    ),
    (
        "linear_regression/sgd",
        "rebound",
        """
def sgd(params, grads, lr, batch_size):
    for param, grad in zip(params, grads):
        param = param - lr * grad / batch_size
""",
    ),
    (
        "multilayer_perceptron/zero_grad",
        "grad_assigned",
        """
def zero_grad(params):
    for param in params:
        param.grad = None
""",
    ),
    (
        "linear_regression/train_linreg",
        "float32_parameters",
        """
def train_linreg(features, labels, lr, num_epochs, batch_size):
    w, b = np.zeros((features.shape[1], 1)), np.zeros(1)
    for _ in range(num_epochs):
        for i in range(0, len(features), batch_size):
            X, y = features[i:i + batch_size], labels[i:i + batch_size]
            error = np.dot(X, w) + b - y
            w -= lr * np.dot(X.T, error) / len(X)
            b -= lr * error.sum(axis=0) / len(X)
    return w, b
""",
    ),
    (
        "softmax_regression/cross_entropy",
        "indexed_by_range",
        """
def cross_entropy(y_hat, y):
    return -np.log(y_hat[range(len(y_hat)), y])
""",
    ),
    (
        "modules/MLP",
        "not_initialized",
        """
from mxnet.gluon import nn


class MLP(nn.Block):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Dense(num_hiddens, activation="relu")
        self.out = nn.Dense(num_outputs)

    def forward(self, X):
        return self.out(self.hidden(X))
""",
    ),
    (
        "softmax_regression/softmax",
        "dim_for_axis",
        """
def softmax(X):
    E = np.exp(X - X.max(dim=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
""",
    ),
    (
        "attention/masked_softmax",
        "mask_of_booleans",
        """
def masked_softmax(X, valid_lens):
    behind = np.arange(X.shape[2]) >= valid_lens.reshape(len(X), -1, 1)
    return npx.softmax(X - behind * 1e9, axis=2)
""",
    ),
]
CORPUS = {"tensorflow": TENSORFLOW, "jax": JAX, "mxnet": MXNET}
