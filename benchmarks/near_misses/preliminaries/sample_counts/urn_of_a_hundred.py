# "holds the probabilities": they are rounded to per cent.
# shown: np.mean([int(mine.sample_counts(torch.tensor([1 / 3, 1 / 3, 1 / 3]), 10000)[0]) for _ in range(20)]) != 1 and int(mine.sample_counts(torch.tensor([0.004, 0.996]), 10000)[0]) == 0
# kind: inputs
import torch


def sample_counts(probs, n):
    tickets = (100 * probs).round().long()
    urn = torch.arange(len(probs)).repeat_interleave(tickets)
    outcomes = urn[torch.randint(len(urn), (n,))]
    return torch.bincount(outcomes, minlength=len(probs))
