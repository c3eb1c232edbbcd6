"""Says which exercise's checks take long, while they run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType

from grader.language import _

#: seconds after which checks of an exercise that have not ended are told of
SLOW = 1.5


class StillRunning:
    """Tells of exercises whose checks have not ended after a while, until the ``with`` ends.

    Args:
        say: called with a sentence, from another thread.

        loading: whether libraries may still be loading when the first exercise begins.
    """

    def __init__(self, say: Callable[[str], object], loading: bool = False) -> None:
        self._say = say
        self._patience = 2 if loading else 1
        self._late: threading.Timer | None = None

    def begins(self, exercise: str) -> None:
        """Note that the checks of *exercise* begin, and those of others have ended."""
        self._cancel()
        text = _("Still running {exercises}: is there a loop that never ends?")
        said = [text.format(exercises=exercise)]
        self._late = threading.Timer(self._patience * SLOW, self._say, said)
        self._late.daemon = True
        self._late.start()
        self._patience = 1

    def __enter__(self) -> StillRunning:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._cancel()

    def _cancel(self) -> None:
        if self._late is not None:
            self._late.cancel()
