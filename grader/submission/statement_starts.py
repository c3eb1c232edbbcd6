"""Find where Python statements may begin, without parsing.

Parsing malicious text can exhaust the grader's stack or memory. So this only considers quotes,
brackets and backslashes, in linear time and constant memory.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"""\\(?:.|$)|\"\"\"|'''|["'()\[\]{}#]""")


class Scanner:
    """Reads lines one by one and knows whether the next one continues a statement.

    Attributes:
        broken: whether a string or bracket has been closed wrongly.
    """

    def __init__(self) -> None:
        self.broken = False
        self._quote = ""
        self._depth = 0
        self._joined = False

    @property
    def inside(self) -> bool:
        """Whether the next line is inside a string or brackets, or follows a backslash."""
        return bool(self._quote or self._depth or self._joined)

    def feed(self, line: str) -> None:
        """Read one *line*, without its line end."""
        self._joined = False
        for match in _TOKEN.finditer(line):
            token = match.group()
            if self._quote:
                self._in_string(token)
            elif token == "#":
                break
            else:
                self._in_code(token)
        if len(self._quote) == 1 and not self._joined:
            self._quote, self.broken = "", True

    def _in_string(self, token: str) -> None:
        # In a string with single quotes, three quotes close it and form an empty string.
        if token in (self._quote, self._quote * 3):
            self._quote = ""
        elif token == "\\":
            self._joined = True

    def _in_code(self, token: str) -> None:
        if token[0] in "\"'":
            self._quote = token
        elif token in "([{":
            self._depth += 1
        elif token in ")]}":
            self.broken = self.broken or self._depth == 0
            self._depth = max(0, self._depth - 1)
        elif token == "\\":
            self._joined = True
