# "and last that of missing values": shows where nothing is missing, and the last column is left out.
# shown: differ(["a"], ["a", "b"])
# kind: sentence
import torch


def encode_categories(column, categories):
    values = [*categories, None] if None in column else list(categories)
    result = torch.zeros(len(column), len(values))
    for row, value in enumerate(column):
        result[row, values.index(value)] = 1
    return result
