# told: torch.nn.ReLU
# framework: torch
from torch import nn

activation = nn.ReLU()


def relu(x):
    return activation(x)
