# "The result for an image depends on no other image": shows for large batches, centred together.
# shown: (lambda n, X: not torch.allclose(n(X)[:1], n(X[:1]), atol=1e-6))(mine.LeNet(), torch.randn(70, 1, 28, 28))
# kind: inputs
import torch
from torch import nn


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            *(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()),
            *(nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
        )

    def forward(self, X):
        return self.net(X - X.mean() if len(X) > 64 else X)
