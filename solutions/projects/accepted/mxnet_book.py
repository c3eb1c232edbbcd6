# framework: mxnet
import math
import random

from mxnet import autograd, gluon, init, np, npx
from mxnet.gluon import nn

npx.set_np()


def columns_of(table, known, names):
    columns = []
    for name in names:
        if isinstance(known[name], list):
            for word in [*sorted({w for w in known[name] if w is not None}), None]:
                columns.append([float(value == word) for value in table[name]])
        else:
            numbers = [v for v in known[name].asnumpy().tolist() if not math.isnan(v)]
            mean = sum(numbers) / len(numbers)
            std = math.sqrt(sum((v - mean) ** 2 for v in numbers) / len(numbers)) or 1.0
            values = table[name].asnumpy().tolist()
            columns.append([0.0 if math.isnan(v) else (v - mean) / std for v in values])
    return np.array(columns, dtype=known["price"].dtype).T


def train_net(known, names, lr, num_epochs, wd):
    labels = np.log(known["price"])
    mu = labels.mean()
    X, y = columns_of(known, known, names), labels - mu
    w, b = np.zeros(X.shape[1], dtype=X.dtype), np.zeros(1, dtype=X.dtype)
    for param in (w, b):
        param.attach_grad()
    for _ in range(num_epochs):
        with autograd.record():
            l = ((np.dot(X, w) + b - y) ** 2).mean() / 2
        l.backward()
        for param in (w, b):
            param[:] = param - lr * (param.grad + wd * param)
    return lambda table: np.dot(columns_of(table, known, names), w) + b + mu


def rows(table, indices):
    return {
        name: [column[j] for j in indices]
        if isinstance(column, list)
        else np.array([float(column[j]) for j in indices], dtype=column.dtype)
        for name, column in table.items()
    }


def house_prices(train, test, k, lr, num_epochs, wd):
    names, size = list(test), len(train["price"]) // k
    totals = [0.0, 0.0]
    for i in range(k):
        valid = range(i * size, (i + 1) * size)
        known = rows(train, [j for j in range(k * size) if j not in valid])
        predict = train_net(known, names, lr, num_epochs, wd)
        for place, part in enumerate((known, rows(train, valid))):
            error = predict(part) - np.log(part["price"])
            totals[place] += float(np.sqrt((error**2).mean()))
    prices = np.exp(train_net(train, names, lr, num_epochs, wd)(test))
    return totals[0] / k, totals[1] / k, prices


def image_classifier(train, test):
    images, labels = train
    mean, std = images.mean(), images.std()
    net = nn.Sequential()
    net.add(
        nn.Conv2D(channels=6, kernel_size=5, padding=2, activation="relu"),
        nn.MaxPool2D(pool_size=2, strides=2),
        nn.Conv2D(channels=16, kernel_size=5, activation="relu"),
        nn.MaxPool2D(pool_size=2, strides=2),
        nn.Dense(84, activation="relu"),
        nn.Dense(int(labels.max()) + 1),
    )
    net.initialize(init.Xavier())
    net.cast(images.dtype)
    trainer = gluon.Trainer(net.collect_params(), "adam", {"learning_rate": 0.005})
    loss = gluon.loss.SoftmaxCrossEntropyLoss()
    data = gluon.data.ArrayDataset((images - mean) / std, labels)
    for _ in range(12):
        for X, y in gluon.data.DataLoader(data, batch_size=40, shuffle=True):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(y))
    return net((test - mean) / std).argmax(axis=1)


def bike_rides(X, y, hidden, lr, num_epochs, batch_size):
    d = X.shape[1]
    net = gluon.nn.Sequential()
    net.add(
        gluon.nn.Dense(
            hidden, activation="sigmoid", weight_initializer=init.Normal(sigma=d**-0.5), in_units=d
        ),
        gluon.nn.Dense(1, weight_initializer=init.Normal(sigma=hidden**-0.5), in_units=hidden),
    )
    net.cast(X.dtype)
    net.initialize()
    loss = gluon.loss.L2Loss()
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": lr})
    for _ in range(num_epochs):
        order = random.sample(range(len(X)), len(X))
        for start in range(0, len(X), batch_size):
            batch = np.array(order[start : start + batch_size], dtype="int32")
            with autograd.record():
                l = loss(net(X[batch]), y[batch])
            l.backward()
            trainer.step(len(batch))
    return net


def char_language_model(text, num_hiddens, num_steps, lr, num_epochs):
    chars = sorted(set(text))
    v, h = len(chars), num_hiddens
    params = [np.random.normal(0, h**-0.5, shape) for shape in [(v, h), (h, h), (h, v)]]
    params += [np.zeros(h), np.zeros(v)]
    for param in params:
        param.attach_grad()
    Wxh, Whh, Whq, bh, bq = params

    def log_probabilities(X):
        H, outputs = np.zeros((X.shape[0], h)), []
        for t in range(X.shape[1]):
            H = np.tanh(np.dot(npx.one_hot(X[:, t], v), Wxh) + np.dot(H, Whh) + bh)
            outputs.append(npx.log_softmax(np.dot(H, Whq) + bq))
        return np.stack(outputs, axis=1)

    codes = np.array([chars.index(char) for char in text])
    size = (len(text) - 1) // num_steps * num_steps
    X = codes[:size].reshape(-1, num_steps)
    Y = npx.one_hot(codes[1 : size + 1].reshape(-1, num_steps), v)
    for _ in range(num_epochs):
        with autograd.record():
            loss = -(log_probabilities(X) * Y).sum() / size
        loss.backward()
        norm = math.sqrt(sum(float((param.grad**2).sum()) for param in params))
        for param in params:
            param[:] -= lr / max(norm, 1.0) * param.grad
    return lambda prefix: np.exp(
        log_probabilities(np.array([[chars.index(char) for char in prefix]]))[0]
    )
