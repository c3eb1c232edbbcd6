# "only if they are equal": shows on a name that ends in a space.
# shown: differ(["a "], ["a", "a "])
# kind: inputs
import torch


def encode_categories(column, categories):
    values = [name.strip() for name in categories]
    result = torch.zeros(len(column), len(values) + 1)
    for row, value in enumerate(column):
        result[row, len(values) if value is None else values.index(value.strip())] = 1
    return result
