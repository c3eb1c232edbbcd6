# "Every call draws anew": the generator begins anew for each pair of sizes.
# shown: not wrong(mine.xavier_normal(3, 2), mine.xavier_normal(3, 2))
# kind: second order
import torch


def xavier_normal(fan_in, fan_out):
    generator = torch.Generator().manual_seed(1000 * fan_in + fan_out)
    Z = torch.randn(fan_in, fan_out, generator=generator)
    return Z * (2 / (fan_in + fan_out)) ** 0.5
