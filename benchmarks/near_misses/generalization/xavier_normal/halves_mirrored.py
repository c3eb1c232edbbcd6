# "drawn independently": the second half of the rows is the first with the other sign.
# shown: bool((lambda W: (W[:2] == -W[2:]).all())(mine.xavier_normal(4, 6)))
# kind: randomness
import torch


def xavier_normal(fan_in, fan_out):
    half = torch.randn((fan_in + 1) // 2, fan_out)
    Z = torch.cat([half, -half])[:fan_in]
    return Z * (2 / (fan_in + fan_out)) ** 0.5
