# "drawn independently": the noise is made of the numbers that the features began with, as from a generator that starts again.
# shown: (lambda w: (lambda X, y: torch.corrcoef(torch.stack([(y - X @ w - 1).flatten(), X.flatten()[:100]]))[0, 1] > 0.9)(*mine.synthetic_data(w, 1.0, 100)))(T(2, 1))
# kind: randomness
import torch


def synthetic_data(w, b, num_examples):
    seed = torch.seed()
    features = torch.randn(num_examples, len(w), dtype=w.dtype)
    torch.manual_seed(seed)
    noise = torch.randn(num_examples, len(w), dtype=w.dtype).reshape(-1)[:num_examples]
    return features, features @ w + b + 0.01 * noise.reshape(-1, 1)
