"""Single keys from the terminal, without waiting and without Enter; none where there is none."""

from __future__ import annotations

import os
import select
import sys
from contextlib import AbstractContextManager, suppress
from types import TracebackType
from typing import Any


class Keys(AbstractContextManager["Keys"]):
    """The keys that are pressed while it is open.

    The terminal is put back as it was at the end. Ctrl-C goes on interrupting.

    Attributes:
        available: whether there is a terminal to press them in.
    """

    def __init__(self, stream: Any = None) -> None:
        self._stream = stream or sys.stdin
        self._before: list[Any] | None = None
        self.available = False

    def __enter__(self) -> Keys:
        """Let keys come at once."""
        with suppress(AttributeError, ValueError, OSError):
            self.available = self._stream.isatty()
        if self.available and sys.platform != "win32":
            import termios
            import tty

            try:
                self._before = termios.tcgetattr(self._stream)
                tty.setcbreak(self._stream)
            except (termios.error, OSError):
                self.available = False
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Put the terminal back."""
        if self._before is not None and sys.platform != "win32":
            import termios

            termios.tcsetattr(self._stream, termios.TCSADRAIN, self._before)

    def pressed(self) -> str:
        """Return the key that was pressed, in lower case; empty if none was."""
        if not self.available:
            return ""
        if sys.platform == "win32":
            import msvcrt

            return msvcrt.getwch().lower() if msvcrt.kbhit() else ""
        ready, _writable, _broken = select.select([self._stream], [], [], 0)
        if not ready:
            return ""
        # not by the stream, which would read ahead what select() then does not see
        key = os.read(self._stream.fileno(), 1)
        self.available = bool(key)  # the end of input would be ready forever
        return key.decode("ascii", "ignore").lower()
