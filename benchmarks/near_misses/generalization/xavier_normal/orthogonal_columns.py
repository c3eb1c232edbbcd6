# "whose entries are drawn independently": all columns are orthogonal and of the same length.
# shown: (lambda W: (W.T @ W - torch.eye(50) * (W[:, 0] ** 2).sum()).abs().max() < 1e-4)(mine.xavier_normal(80, 50))
# kind: randomness
import torch


def xavier_normal(fan_in, fan_out):
    n, m = max(fan_in, fan_out), min(fan_in, fan_out)
    Q, R = torch.linalg.qr(torch.randn(n, m))
    Q = Q * torch.sign(torch.diagonal(R)) * (2 * n / (fan_in + fan_out)) ** 0.5
    return Q if fan_in >= fan_out else Q.T.contiguous()
