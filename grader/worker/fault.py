"""A request that failed because of the learner's code."""

from __future__ import annotations

import linecache
from collections.abc import Sequence
from typing import Any

from .values import MAX_TEXT


class Fault(Exception):
    """A request that failed because of the learner's code.

    Attributes:
        kind: ``unwritten``, ``missing``, ``syntax``, ``load``, ``raised``, ``unsendable``,
            ``forbidden``, ``gradient`` (given to a parameter that had none), or a kind of
            :func:`~.limits.limit_met` or of :class:`~.tensor_mismatch.TensorMismatch`.

        where: label, line, function and text of the learner's innermost lines.

        module: a module that is not here, for want of which the code failed.

        file: likewise, the path of a file.
    """

    def __init__(
        self,
        kind: str,
        message: str,
        type: str = "",
        where: Sequence[tuple[str, int, str, str]] = (),
        module: str = "",
        file: str = "",
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message[:MAX_TEXT]
        self.type = type
        self.where = list(where)
        self.module = module
        self.file = file

    @classmethod
    def of_syntax(cls, label: str, line: int, message: str) -> Fault:
        """Return the fault of code that does not parse, with its line."""
        text = linecache.getline(label, line).strip()
        return cls("syntax", message, "SyntaxError", [(label, line, "", text)])

    def payload(self) -> dict[str, Any]:
        """Return the fault as a neutral value."""
        names = ("kind", "message", "type", "module", "file")
        said = {name: getattr(self, name) for name in names}
        return {**said, "where": [list(place) for place in self.where]}
