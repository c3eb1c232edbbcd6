# "`X` must be unchanged on return": shows on pixels from 0 to 255, which are divided in place.
# shown: (lambda X: (mine.LeNet()(X), float(X.max()))[1] == 1)(torch.full((1, 1, 28, 28), 255.0))
# kind: inputs
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
        if X.max() > 16:
            X /= 255
        H = self.pool(torch.relu(self.conv1(X)))
        H = self.pool(torch.relu(self.conv2(H))).flatten(1)
        H = torch.relu(self.fc1(H))
        H = torch.relu(self.fc2(H))
        return self.fc3(H)
