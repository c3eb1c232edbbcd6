"""Sets of dotted names, such as ``torch.softmax`` or ``torch.optim.*``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Names:
    """The set of names that match *patterns*, in which ``*`` stands for anything.

    Attributes:
        exact: the patterns without a ``*``.
    """

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        patterns = frozenset(patterns)
        self.exact = frozenset(pattern for pattern in patterns if "*" not in pattern)
        # Not a regular expression: compiling one would take longer than all its matches.
        self._wild = [pattern.split("*") for pattern in patterns - self.exact]

    @property
    def wild(self) -> bool:
        """Whether any of the patterns contains a ``*``."""
        return bool(self._wild)

    def __contains__(self, name: str) -> bool:
        return name in self.exact or any(_fits(name, parts) for parts in self._wild)


def _fits(name: str, parts: Sequence[str]) -> bool:
    """Whether *name* consists of *parts* in this order, with anything between them."""
    first, *middle, last = parts
    if not (name.startswith(first) and name.endswith(last)):
        return False
    at, end = len(first), len(name) - len(last)
    for part in middle:
        found = name.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return at <= end
