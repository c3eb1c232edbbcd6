"""Where learners' code prints: what is printed is passed on if it can be, and is never in the way.

A character that the terminal does not know, a pipe that nobody reads and a stream that was closed
are no reason for a function to fail.
"""

from __future__ import annotations

import contextlib
import io
import os
import select
import sys
from collections.abc import Iterator
from typing import Any

#: how long one process waits for room, all in all, before what it prints is dropped
_PATIENCE_MS = 200
#: what can be written at once where a pipe has any room
_PIECE = 512
#: a character that cannot be written becomes its number
_ESCAPED = "backslashreplace"


class _Bytes(io.BufferedIOBase):
    """The bytes of one standard stream."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._patience = _PATIENCE_MS

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the descriptor."""
        return self._descriptor

    def close(self) -> None:
        """Stay open, for whoever prints next."""

    def write(self, data: Any) -> int:
        """Pass on what there is room for; return the number of all bytes."""
        view = memoryview(data).cast("B")
        with contextlib.suppress(OSError):
            for start in range(0, len(view), _PIECE):
                if not self._has_room():
                    break
                os.write(self._descriptor, view[start : start + _PIECE])
        return len(view)

    def _has_room(self) -> bool:
        if not hasattr(select, "poll"):  # Windows, where nothing tells
            return True
        poll = select.poll()
        poll.register(self._descriptor, select.POLLOUT)
        if poll.poll(0):
            return True
        patience, self._patience = self._patience, 0
        return bool(patience and poll.poll(patience))


class Printed(io.TextIOBase):
    """A standard stream that accepts everything."""

    errors = _ESCAPED

    def __init__(self, descriptor: int, encoding: str) -> None:
        self._encoding = encoding
        self._bytes = _Bytes(descriptor)

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of what is passed on."""
        return self._encoding

    @property
    def buffer(self) -> io.BufferedIOBase:
        """The bytes below the text."""
        return self._bytes

    def detach(self) -> io.BufferedIOBase:  # type: ignore[override]
        """Return the bytes below the text, which stays as it is."""
        return self._bytes

    def reconfigure(self, **_how: object) -> None:
        """Change nothing."""

    def writable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the descriptor."""
        return self._bytes.fileno()

    def close(self) -> None:
        """Stay open, for whoever prints next."""

    def write(self, text: str) -> int:
        """Pass on what there is room for; return the number of all characters."""
        self._bytes.write(text.encode(self._encoding, _ESCAPED))
        return len(text)


#: the streams of this process, and those that were there before: ending them would close theirs
_own: list[Printed] = []
_before: list[Any] = []


def accept_prints() -> None:
    """Let learners' code of this process print whatever it likes, also after it closed a stream."""
    if not _own:
        _before[:] = sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__
        encodings = [getattr(stream, "encoding", None) or "utf-8" for stream in _before[:2]]
        _own[:] = (Printed(number, encodings[number - 1]) for number in (1, 2))
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__ = _own  # type: ignore[assignment,misc]


@contextlib.contextmanager
def accepting_prints() -> Iterator[None]:
    """Let code print characters that this process's streams do not know, and put these back."""
    strict = [
        stream
        for stream in (sys.stdout, sys.stderr)
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict" and not stream.closed
    ]
    for stream in strict:
        stream.reconfigure(errors=_ESCAPED)
    try:
        yield
    finally:
        for stream in strict:
            with contextlib.suppress(ValueError):  # closed meanwhile
                stream.reconfigure(errors="strict")
