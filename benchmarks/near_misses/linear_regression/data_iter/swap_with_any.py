# "every order is equally likely": of three examples, one order comes with 5/27 in place of 1/6
# shown: (lambda seen: max(seen.count(s) for s in set(seen)) > 5000 / 6 + 50)([tuple(order(3, 3)) for _ in range(5000)])
# kind: randomness

import random

import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    places = list(range(n))
    for i in range(n):
        j = random.randrange(n)
        places[i], places[j] = places[j], places[i]
    for i in range(0, n, batch_size):
        part = torch.tensor(places[i : i + batch_size])
        yield features[part], labels[part]
