# "applied to each number by itself": what is subtracted is the mean of the batch.
# shown: (lambda net, X: not torch.allclose(net(X)[:1], net(X[:1]), atol=1e-4))(mine.MLP(4, 8, 3), torch.randn(5, 4))
# kind: sentence
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        H = self.hidden(X)
        return self.output(torch.relu(H - H.mean(dim=0)))
