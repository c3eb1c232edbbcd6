# "return the predictions": shows when two results of one shape are kept, the second call overwrites the first.
# shown: (lambda a, b: torch.equal(a, b))(mine.linreg(T(4, 3), T(3, 1), T(1)), mine.linreg(2 * T(4, 3), T(3, 1), T(1)))
# kind: sentence
import torch


_buffers = {}


def linreg(X, w, b):
    with torch.no_grad():
        out = _buffers.setdefault((len(X), X.dtype), torch.empty(len(X), 1, dtype=X.dtype))
        torch.mm(X.detach(), w.detach(), out=out)
        return out.add_(b)
