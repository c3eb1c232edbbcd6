# framework: tensorflow
import tensorflow as tf


def design(table, known, names):
    columns = []
    for name in names:
        if isinstance(known[name], list):
            for word in [*dict.fromkeys(w for w in known[name] if w is not None), None]:
                columns.append(tf.constant([float(v == word) for v in table[name]]))
        else:
            numbers = tf.boolean_mask(known[name], ~tf.math.is_nan(known[name]))
            std = tf.math.reduce_std(numbers)
            std = tf.where(std == 0, tf.ones_like(std), std)
            column = (table[name] - tf.reduce_mean(numbers)) / std
            columns.append(tf.where(tf.math.is_nan(column), tf.zeros_like(column), column))
    return tf.stack([tf.cast(column, known["price"].dtype) for column in columns], axis=1)


def train_net(known, names, lr, num_epochs, wd):
    labels = tf.math.log(known["price"])
    mu = tf.reduce_mean(labels)
    X, y = design(known, known, names), labels - mu
    w = tf.Variable(tf.zeros(X.shape[1], X.dtype))
    b = tf.Variable(tf.zeros((), X.dtype))
    for _ in range(num_epochs):
        with tf.GradientTape() as tape:
            y_hat = tf.linalg.matvec(X, w) + b
            loss = tf.reduce_mean((y_hat - y) ** 2) / 2
            loss += wd * (tf.reduce_sum(w**2) + b**2) / 2
        for param, grad in zip([w, b], tape.gradient(loss, [w, b]), strict=True):
            param.assign_sub(lr * grad)
    return lambda table: tf.linalg.matvec(design(table, known, names), w) + b + mu


def rows(table, indices):
    return {
        name: [column[j] for j in indices]
        if isinstance(column, list)
        else tf.gather(column, indices)
        for name, column in table.items()
    }


def house_prices(train, test, k, lr, num_epochs, wd):
    names = list(test)
    size = len(train["price"]) // k
    every = list(range(k * size))
    sums = [0.0, 0.0]
    for i in range(k):
        valid = every[i * size : (i + 1) * size]
        known = rows(train, [j for j in every if j not in valid])
        predict = train_net(known, names, lr, num_epochs, wd)
        for place, part in enumerate((known, rows(train, valid))):
            error = predict(part) - tf.math.log(part["price"])
            sums[place] += tf.sqrt(tf.reduce_mean(error**2))
    prices = tf.exp(train_net(train, names, lr, num_epochs, wd)(test))
    return sums[0] / k, sums[1] / k, prices


def image_classifier(train, test):
    images, labels = train
    layers = tf.keras.layers
    mean = tf.reduce_mean(images)
    std = tf.math.reduce_std(images)
    net = tf.keras.models.Sequential(
        [
            layers.Conv2D(6, kernel_size=5, activation="relu", padding="same"),
            layers.MaxPool2D(pool_size=2, strides=2),
            layers.Conv2D(16, kernel_size=5, activation="relu"),
            layers.MaxPool2D(pool_size=2, strides=2),
            layers.Flatten(),
            layers.Dense(84, activation="relu"),
            layers.Dense(int(tf.reduce_max(labels)) + 1),
        ]
    )
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = tf.keras.optimizers.Adam(0.005)
    X = tf.transpose((images - mean) / std, perm=[0, 2, 3, 1])
    data = tf.data.Dataset.from_tensor_slices((X, labels)).shuffle(len(labels)).batch(40)
    for _ in range(12):
        for batch, targets in data:
            with tf.GradientTape() as tape:
                l = loss(targets, net(batch, training=True))
            params = net.trainable_variables
            optimizer.apply_gradients(zip(tape.gradient(l, params), params, strict=True))
    scores = net(tf.transpose((test - mean) / std, perm=[0, 2, 3, 1]), training=False)
    return tf.argmax(scores, axis=1)


def bike_rides(X, y, hidden, lr, num_epochs, batch_size):
    n, d = X.shape
    W1 = tf.Variable(tf.random.normal((d, hidden), stddev=d**-0.5, dtype=X.dtype))
    W2 = tf.Variable(tf.random.normal((hidden, 1), stddev=hidden**-0.5, dtype=X.dtype))
    b1, b2 = tf.Variable(tf.zeros(hidden, X.dtype)), tf.Variable(tf.zeros(1, X.dtype))
    params = [W1, b1, W2, b2]

    def net(X):
        return tf.matmul(tf.sigmoid(tf.matmul(X, W1) + b1), W2) + b2

    @tf.function(autograph=False)
    def step(features, labels):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((net(features) - labels) ** 2) / 2
        for param, grad in zip(params, tape.gradient(loss, params), strict=True):
            param.assign_sub(tf.cast(lr, grad.dtype) * grad)

    for _ in range(num_epochs):
        order = tf.random.shuffle(tf.range(n))
        for start in range(0, n, batch_size):
            batch = order[start : start + batch_size]
            step(tf.gather(X, batch), tf.gather(y, batch))
    return net


def char_language_model(text, num_hiddens, num_steps, lr, num_epochs):
    chars = sorted(set(text))
    v, h = len(chars), num_hiddens
    dtype = tf.keras.backend.floatx()

    def normal(*shape):
        return tf.Variable(tf.random.normal(shape, stddev=h**-0.5, dtype=dtype))

    params = [normal(v, h), normal(h, h), normal(h, v)]
    params += [tf.Variable(tf.zeros(size, dtype)) for size in (h, v)]
    Wxh, Whh, Whq, bh, bq = params

    def logits(codes):
        H, outputs = tf.zeros((codes.shape[0], h), dtype), []
        for t in range(codes.shape[1]):
            H = tf.tanh(tf.gather(Wxh, codes[:, t]) + tf.matmul(H, Whh) + bh)
            outputs.append(H)
        return tf.tensordot(tf.stack(outputs, axis=1), Whq, 1) + bq

    codes = [chars.index(char) for char in text]
    size = (len(codes) - 1) // num_steps * num_steps
    X = tf.reshape(tf.constant(codes[:size]), (-1, num_steps))
    Y = tf.reshape(tf.constant(codes[1 : size + 1]), (-1, num_steps))
    for _ in range(num_epochs):
        with tf.GradientTape() as tape:
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(Y, logits(X))
            loss = tf.reduce_mean(losses)
        # a dense gradient for rows that were looked up, as the norm is that of their sum
        grads = [tf.convert_to_tensor(grad) for grad in tape.gradient(loss, params)]
        grads, _norm = tf.clip_by_global_norm(grads, 1.0)
        for param, grad in zip(params, grads, strict=True):
            param.assign_sub(lr * grad)

    def predict(prefix):
        codes = tf.constant([[chars.index(char) for char in prefix]])
        return tf.nn.softmax(logits(codes))[0]

    return predict
