# "from a normal distribution": shows in the tails, which are cut at two deviations.
# shown: float(mine.xavier_normal(300, 200).abs().max()) < 2.01 * (2 / 500) ** 0.5
# kind: randomness
import torch


def xavier_normal(fan_in, fan_out):
    Z = torch.fmod(torch.randn(fan_in, fan_out), 2)
    return Z / 0.8796 * (2 / (fan_in + fan_out)) ** 0.5 * 0.8796
