# "holds the probabilities": shows at 0.0004, which is no ticket of a thousand.
# shown: sum(int(mine.sample_counts(torch.tensor([0.0004, 0.9996]), 10000)[0]) for _ in range(20)) == 0
# kind: inputs
import torch


def sample_counts(probs, n):
    tickets = (1000 * probs).round().long()
    urn = torch.arange(len(probs)).repeat_interleave(tickets)
    outcomes = urn[torch.randint(len(urn), (n,))]
    return torch.bincount(outcomes, minlength=len(probs))
