# "n_in = `fan_in`": one more input is counted, which shows in small layers.
# shown: abs(float(torch.cat([mine.xavier_normal(1, 1) for _ in range(4000)]).std()) - 1) > 0.1
# kind: sentence
import torch


def xavier_normal(fan_in, fan_out):
    return torch.randn(fan_in, fan_out) * (2 / (fan_in + 1 + fan_out)) ** 0.5
