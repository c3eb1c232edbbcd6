"""Host for a live notebook: calls its functions as they currently are."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from .call_arrays import Changes
from .call_effects import modes
from .fault import Fault
from .forbidden_calls import Forbidden
from .forbidden_names import read_uses
from .loader import Piece, Source
from .module_host import Host


class LiveHost(Host):
    """Answers requests from a namespace that changes between checks.

    Create one per process, because library functions are replaced only once.
    """

    def __init__(self, framework: str, forbidden: Forbidden, changes: Changes) -> None:
        super().__init__((), framework, forbidden=forbidden, changes=changes)
        self._forbidden = forbidden
        self._pieces: Sequence[Piece] = ()
        self._helpers: Collection[str] = ()

    def update(
        self,
        namespace: Mapping[str, Any],
        pieces: Sequence[Piece],
        helpers: Collection[str] = (),
    ) -> None:
        """Use the current *namespace*.

        Args:
            pieces: the code that made it, under its file names in tracebacks.

            helpers: files of modules that it imports; errors may point to these, too.
        """
        self._helpers = helpers
        self.module = namespace
        # forbidden_calls.Watch shares this set
        self._labels.clear()
        self._labels.update(label for label, _line, _text in pieces)
        self._pieces = pieces
        self.adapter.read([text for _label, _line, text in pieces])
        # a notebook had its own settings back after the last check
        self.adapter.prepare()
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
            found = [name for name in names if name in self.module]
            raise Fault("missing", ", ".join(found[:20])) from None

    def _raised(self, error: BaseException, kind: str) -> Fault:
        fault = super()._raised(error, kind)
        if not fault.where:
            steps = traceback.extract_tb(error.__traceback__)
            mine = [step for step in steps if step.filename in self._helpers]
            fault.where = [(s.filename, s.lineno or 0, s.name, s.line or "") for s in mine[-1:]]
        return fault
