"""A host over a notebook that is being worked on: its functions as they are at this moment."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from .call_effects import modes
from .forbidden_calls import Forbidden
from .forbidden_names import read_uses
from .loader import Piece, Source
from .module_host import Fault, Host


class LiveHost(Host):
    """Answers from a namespace that changes between checks.

    One is enough for a process: what watches library functions is put in place once.
    """

    def __init__(self, framework: str, forbidden: Forbidden) -> None:
        super().__init__((), framework, forbidden=forbidden)
        self._forbidden = forbidden
        self._pieces: Sequence[Piece] = ()
        self._beside: Collection[str] = ()

    def see(
        self,
        namespace: Mapping[str, Any],
        pieces: Sequence[Piece],
        beside: Collection[str] = (),
    ) -> None:
        """Look at *namespace* as it is now.

        Args:
            pieces: the code that made it, under the names that tracebacks have for it.

            beside: files of modules that it imports, at which an error may point, too.
        """
        self._beside = beside
        self._module = namespace
        # the watch shares this set
        self._labels.clear()
        self._labels.update(label for label, _line, _text in pieces)
        self._pieces = pieces
        self._found = self._modes = modes()
        if self._forbidden:
            self.uses = read_uses(Source.read(pieces), self._forbidden)

    def _find(self, name: str) -> Callable[..., Any]:
        try:
            return super()._find(name)
        except Fault as fault:
            if fault.kind != "missing":
                raise
            names = dict.fromkeys(Source.read(self._pieces).names())
            found = [name for name in names if name in self._module]
            raise Fault("missing", ", ".join(found[:20])) from None

    def _raised(self, error: BaseException, kind: str) -> Fault:
        fault = super()._raised(error, kind)
        if not fault.where:
            steps = traceback.extract_tb(error.__traceback__)
            mine = [step for step in steps if step.filename in self._beside]
            fault.where = [(s.filename, s.lineno or 0, s.name, s.line or "") for s in mine[-1:]]
        return fault
