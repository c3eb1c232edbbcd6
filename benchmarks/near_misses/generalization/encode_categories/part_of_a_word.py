# "the same category only if they are equal": shows where a category is contained in another one.
# shown: differ(["pool"], ["pool", "whirlpool"])
# kind: inputs
import torch


def encode_categories(column, categories):
    rows = [[int(value is not None and value in word) for word in categories] for value in column]
    return torch.tensor([[*row, int(value is None)] for row, value in zip(rows, column, strict=True)])
