# "The examples come in random order": shows over several epochs, the step from example to example is constant.
# shown: all(len({(b - a) % 10 for a, b in zip(order(3, 10), again[1:])}) == 1 for _ in range(50))
# kind: randomness
import math
import random

import torch


def data_iter(batch_size, features, labels):
    n = len(features)
    step = random.choice([s for s in range(1, n + 1) if math.gcd(s, n) == 1])
    start = random.randrange(n)
    order = [(start + step * i) % n for i in range(n)]
    for first in range(0, n, batch_size):
        batch = order[first:first + batch_size]
        yield features[batch], labels[batch]
