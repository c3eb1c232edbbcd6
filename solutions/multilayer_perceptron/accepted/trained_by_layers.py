# framework: torch
import torch
from torch import nn


def train_mlp(X, y, hidden, lr, num_epochs):
    net = nn.Sequential(nn.Linear(X.shape[1], hidden), nn.Tanh(), nn.Linear(hidden, 1))
    for layer in (net[0], net[2]):
        nn.init.normal_(layer.weight, std=0.5)
        nn.init.zeros_(layer.bias)
    loss, trainer = nn.MSELoss(), torch.optim.SGD(net.parameters(), lr=lr)
    for _ in range(num_epochs):
        trainer.zero_grad()
        (0.5 * loss(net(X), y)).backward()
        trainer.step()
    return net
