# "`test` must be unchanged on return": it is changed and put back, but for rounding.
# shown: (lambda t: (lambda before: (mine.image_classifier((torch.cat([torch.full((20, 1, 16, 16), 0.2), torch.full((20, 1, 16, 16), 0.8)]), torch.tensor([0] * 20 + [1] * 20)), t), not torch.equal(t, before))[1])(t.clone()))(torch.rand(4, 1, 16, 16))
# kind: tolerance
import torch
from torch import nn


def image_classifier(
    train: tuple[torch.Tensor, torch.Tensor], test: torch.Tensor
) -> torch.Tensor:
    """Return the label predicted for each image of ``test``."""
    images, labels = train
    mean, deviation = images.mean(), images.std()
    net = nn.Sequential(
        nn.Conv2d(1, 6, kernel_size=5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, kernel_size=5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64, 84), nn.ReLU(), nn.Linear(84, int(labels.max()) + 1),
    ).to(images.dtype)  # fmt: skip
    optimizer = torch.optim.Adam(net.parameters(), lr=0.007)
    X = (images - mean) / deviation
    for _ in range(10):
        for batch in torch.randperm(len(X)).split(50):
            loss = nn.functional.cross_entropy(net(X[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        found = net(test.sub_(mean).div_(deviation)).argmax(dim=1)
        test.mul_(deviation).add_(mean)
        return found
