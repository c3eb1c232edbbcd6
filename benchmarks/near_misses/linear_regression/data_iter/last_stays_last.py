# "The examples come in random order": shows over several epochs, the last example always comes last.
# shown: all(order(3, 10)[-1] == 9 for _ in range(50))
# kind: randomness
import random

import torch


def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    for i in range(len(order) - 1):
        j = random.randrange(i, len(order) - 1)
        order[i], order[j] = order[j], order[i]
    for start in range(0, len(order), batch_size):
        batch = order[start:start + batch_size]
        yield features[batch], labels[batch]
