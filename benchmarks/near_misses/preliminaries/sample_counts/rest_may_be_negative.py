# "independently": counts of the outcomes are drawn one by one, the last is the rest, perhaps negative.
# shown: any(int(mine.sample_counts(torch.full((5,), 0.2), 5).min()) < 0 for _ in range(100))
# kind: randomness
import numpy as np
import torch


def sample_counts(probs, n):
    counts = np.random.binomial(n, np.clip(probs.numpy().astype(float), 0, 1))
    counts[-1] = n - counts[:-1].sum()
    return torch.from_numpy(counts)
