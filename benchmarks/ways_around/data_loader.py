# Ways to batches of two rows in random order, f(X), one below the other.
import importlib

import torch


def loader(X):
    data = importlib.import_module("torch.utils.data")
    return torch.cat(list(getattr(data, "Data" + "Loader")(X, 2, shuffle=True)))


def loader_of_the_module(X):
    data = importlib.import_module("torch.utils.data.dataloader")
    return torch.cat(list(getattr(data, "Data" + "Loader")(X, 2, shuffle=True)))


def sampler(X):
    data = importlib.import_module("torch.utils.data.sampler")
    batches = getattr(data, "Batch" + "Sampler")(data.RandomSampler(X), 2, False)
    return torch.cat([X[i] for i in batches])


def random_split(X):
    data = importlib.import_module("torch.utils.data")
    return torch.stack([row for part in data.random_split(X, [2, len(X) - 2]) for row in part])
