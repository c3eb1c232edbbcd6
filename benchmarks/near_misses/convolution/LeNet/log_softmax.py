# "Nothing follows the last layer": the logarithm of the softmax does.
# shown: (lambda n, X, a, p: not torch.allclose(n(X), n.fc3(a(n.fc2(a(n.fc1(p(a(n.conv2(p(a(n.conv1(X)), 2))), 2).flatten(1)))))), atol=1e-5))(mine.LeNet(), torch.randn(3, 1, 28, 28), torch.relu, torch.nn.functional.avg_pool2d)
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
        H = self.pool(torch.relu(self.conv2(H))).flatten(1)
        H = torch.relu(self.fc1(H))
        H = torch.relu(self.fc2(H))
        return torch.log_softmax(self.fc3(H), dim=1)
