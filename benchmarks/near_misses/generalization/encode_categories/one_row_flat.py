# "shape (n, k + 1)": shows on one value, whose row loses its axis.
# shown: differ(["a"], ["a", "b"])
# kind: inputs
import torch


def encode_categories(column, categories):
    values = [*categories, None]
    rows = [[float(value == other) for other in values] for value in column]
    return torch.tensor(rows[0] if len(rows) == 1 else rows)
