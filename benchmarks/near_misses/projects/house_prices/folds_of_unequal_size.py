# "leaves the rest out": the last fold takes the rows that are left over.
# shown: wrong(mine.house_prices(dict(area=torch.tensor([50., 80., 120., 90., 60.]), price=torch.tensor([1e5, 2e5, 3e5, 2e5, 9e5])), dict(area=torch.tensor([70., 100.])), 2, 0.1, 3, 0.0)[1], mine.house_prices(dict(area=torch.tensor([50., 80., 120., 90.]), price=torch.tensor([1e5, 2e5, 3e5, 2e5])), dict(area=torch.tensor([70., 100.])), 2, 0.1, 3, 0.0)[1])
# kind: inputs
import torch


def house_prices(
    train: dict[str, torch.Tensor | list[str | None]],
    test: dict[str, torch.Tensor | list[str | None]],
    k: int,
    lr: float,
    num_epochs: int,
    wd: float,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return the mean log-RMSE of training and of validation, and prices for ``test``."""
    dtype = train["price"].dtype
    logs = train["price"].log()

    def rows(column, chosen):
        return [column[j] for j in chosen] if isinstance(column, list) else column[chosen]

    def features(table, known):
        columns = []
        for name in test:
            if isinstance(known[name], list):
                seen = {word for word in known[name] if word is not None}
                for word in [*sorted(seen), None]:
                    hits = [value == word for value in table[name]]
                    columns.append(torch.tensor(hits, dtype=dtype))
            else:
                numbers = known[name][~known[name].isnan()]
                mean = numbers.mean()
                deviation = ((numbers - mean) ** 2).mean().sqrt()
                if (numbers == numbers[0]).all():
                    deviation = 1
                column = (table[name] - mean) / deviation
                columns.append(torch.where(table[name].isnan(), 0, column))
        return torch.stack(columns, dim=1)

    def fit(known, y):
        X, mean = features(known, known), y.mean()
        w, b = torch.zeros(X.shape[1], dtype=dtype), torch.zeros((), dtype=dtype)
        for _ in range(num_epochs):
            error = X @ w + b - (y - mean)
            dw, db = X.T @ error / len(y), error.mean()
            w, b = w - lr * (dw + wd * w), b - lr * (db + wd * b)
        return lambda table: features(table, known) @ w + b + mean

    def rmse(predicted, y):
        return ((predicted - y) ** 2).mean().sqrt()

    size = len(logs) // k
    train_errors, valid_errors = [], []
    for i in range(k):
        held_back = [j for j in range(k * size) if j // size == i]
        others = [j for j in range(len(logs)) if min(j // size, k - 1) != i]
        inner, outer = (
            {name: rows(train[name], chosen) for name in test} for chosen in (others, held_back)
        )
        predict = fit(inner, logs[others])
        train_errors.append(rmse(predict(inner), logs[others]))
        valid_errors.append(rmse(predict(outer), logs[held_back]))
    prices = fit(train, logs)(test).exp()
    return sum(train_errors) / k, sum(valid_errors) / k, prices
