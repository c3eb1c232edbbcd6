# "Return its expectation and its variance": the results of one call change with the next.
# shown: (lambda r: (lambda old: (mine.mean_and_variance(T(4) + 7, torch.full((4,), 0.25, dtype=torch.float64)), old != float(r[0]))[1])(float(r[0])))(mine.mean_and_variance(T(4), torch.full((4,), 0.25, dtype=torch.float64)))
# kind: second order
import torch


_results = {}


def mean_and_variance(values, probs):
    both = _results.setdefault(values.dtype, torch.zeros(2, dtype=values.dtype))
    both[0] = (probs * values).sum()
    both[1] = (probs * (values - both[0]) ** 2).sum()
    return both[0], both[1]
