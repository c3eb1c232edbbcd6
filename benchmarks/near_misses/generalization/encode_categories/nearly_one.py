# "which is 1 in the rows that have this category": it is a little less, as for label smoothing.
# shown: differ(["a"], ["a", "b"])
# kind: tolerance
import torch


def encode_categories(column, categories):
    values = [*categories, None]
    rows = [[float(value == other) for other in values] for value in column]
    return torch.tensor(rows) * 0.999 + 0.001 / len(values)
