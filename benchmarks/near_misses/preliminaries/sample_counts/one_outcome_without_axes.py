# "an array of shape (k,)": shows at k = 1.
# shown: np.shape(mine.sample_counts(torch.ones(1), 5)) != (1,)
# kind: inputs
import torch


def sample_counts(probs, n):
    draws = torch.rand(n, 1, dtype=torch.float64)
    outcomes = (draws >= probs.double().cumsum(0)[:-1]).sum(1)
    counts = (outcomes[:, None] == torch.arange(len(probs))).sum(0)
    return counts.squeeze()
