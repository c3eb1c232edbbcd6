# framework: torch
import torch
from torch import nn


def preprocess(known, table):
    """Standardize the numbers, fill the gaps, then take the words of all rows as categories."""
    columns = []
    for name, values in table.items():
        if isinstance(values, list):
            words = {*known[name], *values, None}
            columns += [[1.0 if value == word else 0.0 for value in values] for word in words]
        else:
            numbers = known[name][~torch.isnan(known[name])]
            deviation = torch.std(numbers, unbiased=False)
            column = (values - numbers.mean()) / (deviation if deviation > 0 else 1)
            columns.append(torch.where(torch.isnan(column), 0, column).tolist())
    return torch.tensor(columns, dtype=known["price"].dtype).T


def train_net(known, lr, num_epochs, wd, tables):
    labels = torch.log(known["price"]).reshape(-1, 1)
    mu = labels.mean()
    parts = []
    for table in tables:
        # the words are the same in all parts, whatever their order
        joined = {
            name: values + table[name]
            if isinstance(values, list)
            else torch.cat([values, table[name]])
            for name, values in known.items()
            if name != "price"
        }
        parts.append(preprocess(known, joined))
    n = len(labels)
    predictions = []
    for part in parts:
        net = nn.Linear(part.shape[1], 1).to(labels.dtype)
        nn.init.zeros_(net.weight)
        nn.init.zeros_(net.bias)
        optimizer = torch.optim.SGD(net.parameters(), lr=lr, weight_decay=wd)
        for _ in range(num_epochs):
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(net(part[:n]), labels - mu) / 2
            loss.backward()
            optimizer.step()
        predictions.append((net(part[n:]) + mu).detach())
    return predictions


def house_prices(train, test, k, lr, num_epochs, wd):
    def piece(slices):
        def cut(values):
            if isinstance(values, list):
                return [value for s in slices for value in values[s]]
            return torch.cat([values[s] for s in slices])

        return {name: cut(values) for name, values in train.items()}

    fold_size = len(train["price"]) // k
    folds = [slice(j * fold_size, (j + 1) * fold_size) for j in range(k)]
    train_l_sum, valid_l_sum = 0, 0
    for i in range(k):
        known = piece(folds[:i] + folds[i + 1 :])
        valid = piece([folds[i]])
        parts = [{name: part[name] for name in test} for part in (known, valid)]
        outputs = train_net(known, lr, num_epochs, wd, parts)
        errors = []
        for part, output in zip((known, valid), outputs, strict=True):
            target = torch.log(part["price"]).reshape(-1, 1)
            errors.append(((output - target) ** 2).mean().sqrt().item())
        train_l_sum += errors[0]
        valid_l_sum += errors[1]
    (output,) = train_net(train, lr, num_epochs, wd, [test])
    return train_l_sum / k, valid_l_sum / k, torch.exp(output).reshape(-1)


class LeNet(nn.Module):
    def __init__(self, num_classes):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(1, 6, kernel_size=5, padding=2),
            nn.Tanh(),
            nn.AvgPool2d(kernel_size=2, stride=2),
            nn.Conv2d(6, 16, kernel_size=5),
            nn.Tanh(),
            nn.AvgPool2d(kernel_size=2, stride=2),
            nn.Flatten(),
            nn.LazyLinear(120),
            nn.Tanh(),
            nn.Linear(120, 84),
            nn.Tanh(),
            nn.Linear(84, num_classes),
        )

    def forward(self, X):
        return self.net(X)


def init_weights(m):
    if isinstance(m, nn.Conv2d):
        nn.init.xavier_uniform_(m.weight)


def image_classifier(train, test):
    dataset = torch.utils.data.TensorDataset(*train)
    batches = torch.utils.data.DataLoader(dataset, batch_size=25, shuffle=True)
    mean, std = train[0].mean(), train[0].std()
    net = LeNet(len(torch.unique(train[1]))).to(train[0].dtype)
    net.apply(init_weights)
    trainer = torch.optim.Adam(net.parameters(), lr=0.004)
    loss = nn.CrossEntropyLoss()
    for _ in range(20):
        net.train()
        for X, y in batches:
            trainer.zero_grad()
            loss(net((X - mean) / std), y).backward()
            trainer.step()
    net.eval()
    with torch.no_grad():
        return net((test - mean) / std).argmax(dim=1)


def begin_at_random(layer):
    if isinstance(layer, nn.Linear):
        nn.init.normal_(layer.weight, std=layer.in_features**-0.5)
        nn.init.zeros_(layer.bias)


def bike_rides(X, y, hidden, lr, num_epochs, batch_size):
    net = nn.Sequential(nn.Linear(X.shape[1], hidden), nn.Sigmoid(), nn.Linear(hidden, 1))
    net.apply(begin_at_random).to(X.dtype)
    dataset = torch.utils.data.TensorDataset(X, y)
    train_iter = torch.utils.data.DataLoader(dataset, batch_size, shuffle=True)
    trainer = torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(num_epochs):
        for features, labels in train_iter:
            loss = nn.functional.mse_loss(net(features), labels) / 2
            trainer.zero_grad()
            loss.backward()
            trainer.step()
    return net


def char_language_model(text, num_hiddens, num_steps, lr, num_epochs):
    """Let the framework's layers do it, with their two biases that begin at 0."""
    chars = sorted(set(text))
    rnn = nn.RNN(len(chars), num_hiddens, batch_first=True)
    dense = nn.Linear(num_hiddens, len(chars))
    for name, param in [*rnn.named_parameters(), *dense.named_parameters()]:
        if "bias" in name:
            nn.init.zeros_(param)
        else:
            nn.init.normal_(param, std=num_hiddens**-0.5)

    def one_hot(string):
        codes = torch.tensor([chars.index(char) for char in string])
        return codes, nn.functional.one_hot(codes, len(chars)).to(dense.weight.dtype)

    def net(X):
        return dense(rnn(X)[0])

    codes, X = one_hot(text)
    starts = range(0, len(text) - num_steps, num_steps)
    X = torch.stack([X[i : i + num_steps] for i in starts])
    Y = torch.stack([codes[i + 1 : i + 1 + num_steps] for i in starts])
    params = [*rnn.parameters(), *dense.parameters()]
    trainer = torch.optim.SGD(params, lr=lr)
    for _ in range(num_epochs):
        trainer.zero_grad()
        nn.functional.cross_entropy(net(X).flatten(0, 1), Y.flatten()).backward()
        nn.utils.clip_grad_norm_(params, 1.0)
        trainer.step()

    def predict(prefix):
        return torch.softmax(net(one_hot(prefix)[1][None]), dim=-1)[0]

    return predict
