# framework: numpy
import math

import numpy as np


def features_of(house, facts):
    features = []
    for name, fact in facts.items():
        if isinstance(fact, set):
            features += [float(house[name] == word) for word in sorted(fact)]
            features.append(float(house[name] is None))
        else:
            mean, deviation = fact
            missing = math.isnan(house[name])
            features.append(0.0 if missing else (house[name] - mean) / deviation)
    return features


def facts_of(houses, names):
    facts = {}
    for name in names:
        values = [house[name] for house in houses]
        if any(isinstance(value, str) for value in values):
            facts[name] = {value for value in values if value is not None}
        else:
            known = [value for value in values if not math.isnan(value)]
            mean = math.fsum(known) / len(known)
            square = math.fsum((value - mean) ** 2 for value in known) / len(known)
            facts[name] = mean, math.sqrt(square) or 1.0
    return facts


def fit(houses, names, lr, num_epochs, wd):
    facts = facts_of(houses, names)
    X = [features_of(house, facts) for house in houses]
    logs = [math.log(house["price"]) for house in houses]
    mu = sum(logs) / len(logs)
    w, b = [0.0] * len(X[0]), 0.0
    for _ in range(num_epochs):
        errors = [
            sum(a * c for a, c in zip(x, w, strict=True)) + b - (y - mu)
            for x, y in zip(X, logs, strict=True)
        ]
        slopes = [
            sum(e * x[j] for e, x in zip(errors, X, strict=True)) / len(X) for j in range(len(w))
        ]
        w = [a - lr * (s + wd * a) for a, s in zip(w, slopes, strict=True)]
        b -= lr * (sum(errors) / len(X) + wd * b)
    return lambda house: (
        sum(a * c for a, c in zip(features_of(house, facts), w, strict=True)) + b + mu
    )


def house_prices(train, test, k, lr, num_epochs, wd):
    columns = {n: c if isinstance(c, list) else c.tolist() for n, c in train.items()}
    houses = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    asked = {n: c if isinstance(c, list) else c.tolist() for n, c in test.items()}
    others = [dict(zip(asked, row, strict=True)) for row in zip(*asked.values(), strict=True)]
    m = len(houses) // k
    totals = [0.0, 0.0]
    for i in range(k):
        held = houses[i * m : (i + 1) * m]
        known = houses[: i * m] + houses[(i + 1) * m : k * m]
        predict = fit(known, list(test), lr, num_epochs, wd)
        for place, part in enumerate((known, held)):
            squares = [(predict(house) - math.log(house["price"])) ** 2 for house in part]
            totals[place] += math.sqrt(sum(squares) / len(squares)) / k
    predict = fit(houses, list(test), lr, num_epochs, wd)
    return *totals, np.array([math.exp(predict(house)) for house in others])
