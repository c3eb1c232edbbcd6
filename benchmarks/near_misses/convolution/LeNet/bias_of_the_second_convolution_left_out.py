# "Each of the five layers has a weight and a bias": that of the second convolution is not added.
# shown: (lambda n: (n(torch.ones(1, 1, 28, 28)).sum().backward(), n.conv2.bias.grad)[1] is None)(mine.LeNet())
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
        H = self.pool(torch.relu(self.conv1(X)))
        H = self.pool(torch.relu(nn.functional.conv2d(H, self.conv2.weight))).flatten(1)
        H = torch.relu(self.fc1(H))
        H = torch.relu(self.fc2(H))
        return self.fc3(H)
