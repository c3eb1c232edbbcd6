# framework: jax
import jax
import numpy as np
from jax import numpy as jnp


def design(table, known, names):
    columns = []
    for name in names:
        if isinstance(known[name], list):
            words = sorted({word for word in known[name] if word is not None})
            columns += [jnp.array([value == word for value in table[name]]) for word in words]
            columns.append(jnp.array([value is None for value in table[name]]))
        else:
            std = jnp.nanstd(known[name])
            column = (table[name] - jnp.nanmean(known[name])) / jnp.where(std == 0, 1, std)
            columns.append(jnp.nan_to_num(column))
    return jnp.stack(columns, axis=1).astype(known["price"].dtype)


@jax.jit
def loss(params, X, y, wd):
    w, b = params
    return ((X @ w + b - y) ** 2).mean() / 2 + wd * ((w**2).sum() + b**2) / 2


@jax.jit
def update(params, X, y, lr, wd):
    return jax.tree.map(lambda p, g: p - lr * g, params, jax.grad(loss)(params, X, y, wd))


def predictor(known, names, lr, num_epochs, wd):
    logs = jnp.log(known["price"])
    X, y = design(known, known, names), logs - logs.mean()
    params = jnp.zeros(X.shape[1], X.dtype), jnp.zeros((), X.dtype)
    for _ in range(num_epochs):
        params = update(params, X, y, lr, wd)
    w, b = params
    return lambda table: design(table, known, names) @ w + b + logs.mean()


def house_prices(train, test, k, lr, num_epochs, wd):
    names = list(test)
    size = len(train["price"]) // k
    fold = np.repeat(np.arange(k), size)

    def rows(indices):
        return {
            name: [column[j] for j in indices] if isinstance(column, list) else column[indices]
            for name, column in train.items()
        }

    errors = []
    for i in range(k):
        known, held_back = rows(np.flatnonzero(fold != i)), rows(np.flatnonzero(fold == i))
        predict = predictor(known, names, lr, num_epochs, wd)
        for part in (known, held_back):
            errors.append(jnp.sqrt(((predict(part) - jnp.log(part["price"])) ** 2).mean()))
    prices = jnp.exp(predictor(train, names, lr, num_epochs, wd)(test))
    return sum(errors[::2]) / k, sum(errors[1::2]) / k, prices


def scores_of(params, X):
    """Return the scores of a LeNet with ReLU and pooling by the maximum."""
    (K1, b1), (K2, b2), (W1, c1), (W2, c2) = params

    def layer(X, K, b, padding):
        Z = jax.lax.conv_general_dilated(X, K, (1, 1), [(padding, padding)] * 2)
        H = jax.nn.relu(Z + b[:, None, None])
        return jax.lax.reduce_window(
            H, -jnp.inf, jax.lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID"
        )

    H = layer(layer(X, K1, b1, 2), K2, b2, 0).reshape(len(X), -1)
    return jax.nn.relu(H @ W1 + c1) @ W2 + c2


def cross_entropy(params, X, y):
    log_probabilities = jax.nn.log_softmax(scores_of(params, X))
    return -jnp.take_along_axis(log_probabilities, y[:, None], axis=1).mean()


@jax.jit
def momentum_step(params, speeds, X, y):
    grads = jax.grad(cross_entropy)(params, X, y)
    speeds = jax.tree.map(lambda s, g: 0.9 * s - 0.03 * g, speeds, grads)
    return jax.tree.map(jnp.add, params, speeds), speeds


def image_classifier(train, test):
    images, labels = train
    X = (images - images.mean()) / images.std()
    rng = np.random.default_rng()

    def weights(*shape, inputs):
        return jnp.array(rng.normal(0, (2 / inputs) ** 0.5, shape), X.dtype)

    k = int(labels.max()) + 1
    params = [
        (weights(6, 1, 5, 5, inputs=25), jnp.zeros(6, X.dtype)),
        (weights(16, 6, 5, 5, inputs=150), jnp.zeros(16, X.dtype)),
        (weights(64, 64, inputs=64), jnp.zeros(64, X.dtype)),
        (weights(64, k, inputs=64), jnp.zeros(k, X.dtype)),
    ]
    speeds = jax.tree.map(jnp.zeros_like, params)
    for _ in range(20):
        for batch in rng.permutation(len(X)).reshape(-1, 25):
            params, speeds = momentum_step(params, speeds, X[batch], labels[batch])
    return scores_of(params, (test - images.mean()) / images.std()).argmax(axis=1)


@jax.jit
def forward(params, X):
    W1, b1, W2, b2 = params
    return jax.nn.sigmoid(X @ W1 + b1) @ W2 + b2


@jax.jit
def sgd_step(params, X, y, lr):
    grads = jax.grad(lambda params: ((forward(params, X) - y) ** 2).mean() / 2)(params)
    return [param - lr * grad for param, grad in zip(params, grads, strict=True)]


def bike_rides(X, y, hidden, lr, num_epochs, batch_size):
    n, d = X.shape
    keys = jax.random.split(jax.random.key(np.random.randint(2**31)))
    params = [
        jax.random.normal(keys[0], (d, hidden), X.dtype) / d**0.5,
        jnp.zeros(hidden, X.dtype),
        jax.random.normal(keys[1], (hidden, 1), X.dtype) / hidden**0.5,
        jnp.zeros(1, X.dtype),
    ]
    for _ in range(num_epochs):
        order = np.random.permutation(n)
        for start in range(0, n, batch_size):
            batch = order[start : start + batch_size]
            params = sgd_step(params, X[batch], y[batch], lr)
    return lambda X: forward(params, X)


@jax.jit
def run_rnn(params, codes):
    Wxh, Whh, Whq, bh, bq = params

    def step(H, x):
        H = jnp.tanh(Wxh[x] + H @ Whh + bh)
        return H, jax.nn.log_softmax(H @ Whq + bq)

    start = jnp.zeros((codes.shape[0], Whh.shape[0]), Whh.dtype)
    return jax.lax.scan(step, start, codes.T)[1].swapaxes(0, 1)


def nll(params, X, Y):
    return -jnp.take_along_axis(run_rnn(params, X), Y[:, :, None], axis=2).mean()


@jax.jit
def train_epoch(params, X, Y, lr):
    grads = jax.grad(nll)(params, X, Y)
    norm = jnp.sqrt(sum((grad**2).sum() for grad in grads))
    return [p - lr * grad / jnp.maximum(norm, 1) for p, grad in zip(params, grads, strict=True)]


def char_language_model(text, num_hiddens, num_steps, lr, num_epochs):
    places = {char: index for index, char in enumerate(sorted(set(text)))}
    v, h = len(places), num_hiddens
    keys = jax.random.split(jax.random.key(np.random.randint(2**31)), 3)
    shapes = (v, h), (h, h), (h, v)
    params = [jax.random.normal(key, s) / h**0.5 for key, s in zip(keys, shapes, strict=True)]
    params += [jnp.zeros(h), jnp.zeros(v)]
    codes = np.array([places[char] for char in text])
    parts = (len(text) - 1) // num_steps
    X = jnp.array(codes[: parts * num_steps].reshape(parts, num_steps))
    Y = jnp.array(codes[1 : parts * num_steps + 1].reshape(parts, num_steps))
    for _ in range(num_epochs):
        params = train_epoch(params, X, Y, lr)

    def predict(prefix):
        # the network is causal, so what is filled up behind the prefix changes nothing
        length = 1 << (len(prefix) - 1).bit_length()
        codes = [places[char] for char in prefix] + [0] * (length - len(prefix))
        return jnp.exp(run_rnn(params, jnp.array([codes]))[0, : len(prefix)])

    return predict
