# framework: torch
import torch
from torch import nn


class Cell(nn.Module):
    """A module of one's own, with library layers for the sums."""

    def __init__(self, inputs, units, dtype):
        super().__init__()
        self.from_input = nn.Linear(inputs, 4 * units, dtype=dtype)
        self.from_state = nn.Linear(units, 4 * units, bias=False, dtype=dtype)

    def forward(self, x, state):
        h, c = state
        i, f, g, o = torch.split(self.from_input(x) + self.from_state(h), h.shape[1], dim=1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        return o.sigmoid() * c.tanh(), c


def lstm_cell(x, h, c, W_x, W_h, b):
    cell = Cell(x.shape[1], h.shape[1], x.dtype)
    with torch.no_grad():
        cell.from_input.weight.copy_(W_x.T)
        cell.from_input.bias.copy_(b)
        cell.from_state.weight.copy_(W_h.T)
        return cell(x, (h, c))


class Elman(nn.Module):
    """A module of one's own, with a library layer for both sums."""

    def __init__(self, W_xh, W_hh, b_h):
        super().__init__()
        self.both = nn.Linear(len(W_xh) + len(W_hh), len(b_h), dtype=b_h.dtype)
        with torch.no_grad():
            self.both.weight.copy_(torch.cat([W_xh, W_hh]).T)
            self.both.bias.copy_(b_h)

    def forward(self, x, h):
        return self.both(torch.cat([x, h], dim=1)).tanh()


def rnn_step(x, h, W_xh, W_hh, b_h):
    with torch.no_grad():
        return Elman(W_xh, W_hh, b_h)(x, h)


def rnn_forward(xs, h, W_xh, W_hh, b_h):
    layer, hs = Elman(W_xh, W_hh, b_h), xs.new_empty(len(xs), *h.shape)
    with torch.no_grad():
        for t in range(len(xs)):
            h = hs[t] = layer(xs[t], h)
    return hs, h


def lstm_forward(xs, h, c, W_x, W_h, b):
    hs = []
    for x in xs.unbind(0):
        h, c = lstm_cell(x, h, c, W_x, W_h, b)
        hs.append(h)
    return torch.stack(hs, dim=0), h, c


def gru_cell(x, h, W_x, W_h, b_x, b_h):
    units = h.shape[1]
    from_input = torch.addmm(b_x, x, W_x)
    from_state = torch.addmm(b_h, h, W_h)
    gates = (from_input + from_state)[:, : 2 * units].sigmoid()
    r, z = gates[:, :units], gates[:, units:]
    candidate = (from_input[:, 2 * units :] + r * from_state[:, 2 * units :]).tanh()
    return torch.lerp(candidate, h, z)


def clip_gradients(grads, theta):
    norm = torch.cat([grad.flatten() for grad in grads]).norm()
    for grad in grads:
        grad.mul_(torch.clamp(theta / (norm + 1e-6), max=1.0))


def perplexity(nll):
    return float(nll.double().mean().exp())


def embedding(indices, W):
    rows = torch.index_select(W, 0, indices.reshape(-1))
    return rows.reshape(*indices.shape, W.shape[1])


def embedding_backward(dout, indices, vocab_size):
    dW = torch.zeros(vocab_size, dout.shape[-1], dtype=dout.dtype)
    dW.index_put_((indices,), dout, accumulate=True)
    return dW


def skip_gram_loss(center, context, negatives):
    def log_sigmoid(s):
        return nn.functional.logsigmoid(s)

    return -log_sigmoid(context.dot(center)) - log_sigmoid(-negatives.mv(center)).sum()


def ngram_counts(tokens, n):
    counts = {}
    for i in range(len(tokens) - n + 1):
        ngram = tuple(tokens[i : i + n])
        counts[ngram] = counts.get(ngram, 0) + 1
    return counts


def bigram_log_probability(tokens, corpus):
    p = torch.tensor([corpus.count(tokens[0]) / len(corpus)], dtype=torch.float64)
    for a, b in zip(tokens, tokens[1:], strict=False):
        followers = [w for v, w in zip(corpus, corpus[1:], strict=False) if v == a]
        chance = followers.count(b) / max(corpus.count(a), 1)
        p = torch.cat([p, torch.tensor([chance], dtype=torch.float64)])
    return torch.log(p).sum()
