# "The weights begin at random: nor are two blocks" alike: shows on two blocks of the same sizes.
# shown: torch.equal(mine.MLP(4, 8, 3).hidden.weight, mine.MLP(4, 8, 3).hidden.weight)
# kind: randomness
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        with torch.random.fork_rng():
            torch.manual_seed(10000 * num_inputs + 100 * num_hiddens + num_outputs)
            self.hidden = nn.Linear(num_inputs, num_hiddens)
            self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        return self.output(torch.relu(self.hidden(X)))
