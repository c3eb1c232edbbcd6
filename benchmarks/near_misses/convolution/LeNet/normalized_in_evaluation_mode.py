# "on no earlier call": shows in evaluation mode after training: the mean of the images seen is subtracted.
# shown: (lambda n, X: (n.eval(), n(X), n.train(), n(X + 9), n.eval(), n(X)))(mine.LeNet(), torch.randn(3, 1, 28, 28)).__class__ is tuple and (lambda n, X: not torch.allclose((n.eval(), n(X))[1], (n.train(), n(X + 9), n.eval(), n(X))[3]))(mine.LeNet(), torch.randn(3, 1, 28, 28))
# kind: second order
import torch
from torch import nn


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)
        self.register_buffer("mean", torch.zeros(()))
        self.pool = nn.AvgPool2d(2)

    def forward(self, X):
        if self.training:
            self.mean = 0.9 * self.mean + 0.1 * X.detach().mean()
        else:
            X = X - self.mean
        H = self.pool(torch.relu(self.conv1(X)))
        H = self.pool(torch.relu(self.conv2(H))).flatten(1)
        H = torch.relu(self.fc1(H))
        H = torch.relu(self.fc2(H))
        return self.fc3(H)
