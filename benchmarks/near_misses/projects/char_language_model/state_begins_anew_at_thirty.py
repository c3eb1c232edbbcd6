# "row $t$ holds the probabilities of what follows the first $t$ characters": from the 31st on, those before are forgotten.
# shown: bool((lambda p: (p[0] - p[30]).abs().max() < 1e-6)(mine.char_language_model('ab' * 20, 8, 4, 1.0, 3)('a' * 31)))
# kind: inputs
from collections.abc import Callable

import torch


def char_language_model(
    text: str, num_hiddens: int, num_steps: int, lr: float, num_epochs: int
) -> Callable[[str], torch.Tensor]:
    """Return a trained model, a function that gives the probabilities after each character."""
    vocab = {char: index for index, char in enumerate(sorted(set(text)))}
    v, h = len(vocab), num_hiddens
    shapes = [(v, h), (h, h), (h, v)]
    Wxh, Whh, Whq = (torch.randn(shape) / h**0.5 for shape in shapes)
    bh, bq = torch.zeros(h), torch.zeros(v)
    params = [Wxh, Whh, Whq, bh, bq]
    for param in params:
        param.requires_grad_()

    def indices(chars):
        return torch.tensor([vocab[char] for char in chars])

    def forward(inputs):
        H, outputs = torch.zeros(inputs.shape[0], h), []
        for t, x in enumerate(inputs.T):
            if t % 30 == 0:
                H = torch.zeros(inputs.shape[0], h)
            H = torch.tanh(Wxh[x] + H @ Whh + bh)
            outputs.append(torch.log_softmax(H @ Whq + bq, dim=1))
        return torch.stack(outputs, dim=1)

    size = (len(text) - 1) // num_steps * num_steps
    X = indices(text[:size]).reshape(-1, num_steps)
    Y = indices(text[1 : size + 1]).reshape(-1, num_steps, 1)
    for _ in range(num_epochs):
        loss = -forward(X).gather(2, Y).mean()
        grads = torch.autograd.grad(loss, params)
        norm = sum((grad**2).sum() for grad in grads) ** 0.5
        with torch.no_grad():
            for param, grad in zip(params, grads, strict=True):
                param -= lr * grad / max(norm, 1)

    @torch.no_grad()
    def predict(prefix):
        return forward(indices(prefix).reshape(1, -1))[0].exp()

    return predict
