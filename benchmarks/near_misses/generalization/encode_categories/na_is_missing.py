# "`None`, which means that it is missing": shows on a category called NA.
# shown: differ(["NA"], ["NA", "b"])
# kind: inputs
import torch


def encode_categories(column, categories):
    result = torch.zeros(len(column), len(categories) + 1)
    for row, value in enumerate(column):
        missing = value is None or value in ("NA", "nan", "")
        result[row, -1 if missing else categories.index(value)] = 1
    return result
