"""Single keys from the terminal, without waiting and without Enter; none where there is none."""

from __future__ import annotations

import os
import re
import select
import sys
from contextlib import AbstractContextManager, suppress
from types import TracebackType
from typing import Any

#: what Windows sends before the code of a key that is no letter
_BEFORE_CODE = ("\x00", "\xe0")
#: what a terminal sends for an arrow and the like, which holds letters, too
_SEQUENCE = re.compile(rb"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?")
#: bytes that are read at once
_AT_ONCE = 64


class Keys(AbstractContextManager["Keys"]):
    """The keys that are pressed while it is open.

    The terminal is put back as it was at the end. Ctrl-C goes on interrupting.

    Attributes:
        available: whether there is a terminal to press them in.
    """

    def __init__(self, stream: Any = None) -> None:
        self._stream = stream or sys.stdin
        self._before: list[Any] | None = None
        self._waiting = b""
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

            if not msvcrt.kbhit():
                return ""
            key = msvcrt.getwch()
            if key in _BEFORE_CODE:
                msvcrt.getwch()  # a code that looks like a letter: of Page Down, a q
                return ""
            return key.lower()
        if not self._waiting:
            ready, _writable, _broken = select.select([self._stream], [], [], 0)
            if not ready:
                return ""
            # not by the stream, which would read ahead what select() then does not see
            self._waiting = os.read(self._stream.fileno(), _AT_ONCE)
            self.available = bool(self._waiting)  # the end of input would be ready forever
            self._waiting = _SEQUENCE.sub(b"", self._waiting)
        key, self._waiting = self._waiting[:1], self._waiting[1:]
        return key.decode("ascii", "ignore").lower()
