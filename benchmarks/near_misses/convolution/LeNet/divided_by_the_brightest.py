# "The result for an image depends on no other image": the brightest pixel of all is set to 1.
# shown: (lambda n, X: not torch.allclose(n(X)[:1], n(X[:1])))(mine.LeNet(), torch.randn(3, 1, 28, 28))
# kind: sentence
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
        self.pool = nn.AvgPool2d(2)

    def forward(self, X):
        X = X / X.abs().max().clamp(min=1e-8)
        H = self.pool(torch.relu(self.conv1(X)))
        H = self.pool(torch.relu(self.conv2(H))).flatten(1)
        H = torch.relu(self.fc1(H))
        H = torch.relu(self.fc2(H))
        return self.fc3(H)
