# "$\mathbf{O} = \mathbf{H} \mathbf{W}_2 + \mathbf{b}_2$": to three digits alone.
# shown: (lambda net, X: not torch.allclose(net(X), net.output(torch.relu(net.hidden(X))), atol=1e-4, rtol=1e-4))(mine.MLP(4, 8, 3), torch.randn(50, 4))
# kind: tolerance
import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.output = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        H = torch.relu(self.hidden(X))
        W = self.output.weight.bfloat16()
        return (H.bfloat16() @ W.T).to(H.dtype) + self.output.bias
