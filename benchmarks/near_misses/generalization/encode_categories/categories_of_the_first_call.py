# "in the given order": shows in a second call, which knows the order of the first.
# shown: (mine.encode_categories(["a"], ["a", "b"]), differ(["a"], ["b", "a"]))[1]
# kind: second order
import torch

known = {}


def encode_categories(column, categories):
    for name in categories:
        known.setdefault((len(categories), name), len([k for k in known if k[0] == len(categories)]))
    places = [len(categories) if v is None else known[len(categories), v] for v in column]
    return torch.eye(max(len(categories), *places) + 1)[places]
