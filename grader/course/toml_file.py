"""TOML files of a course, read so that every error names its line."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ..errors import AuthoringError

T = TypeVar("T")

_STEP = re.compile(r"\.(\w+)(?:\[(\d+)\])?")
_LANGUAGE_MISSING = re.compile(r"Object missing required field `(en|zh)`")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """One TOML file: its path, its text, and its tables as plain values."""

    path: Path
    text: str
    tables: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> TomlFile:
        """Read *path*; raises AuthoringError if it is missing, not UTF-8 or not TOML."""
        text = read_text(path)
        try:
            return cls(path, text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"\(at line (\d+)", str(error))
            line = int(place.group(1)) if place else len(text.splitlines())
            raise AuthoringError(f"this is not valid TOML: {error}", path, line) from None

    def convert(self, kind: type[T]) -> T:
        """Return the tables as *kind*, a msgspec struct; raises AuthoringError with the line."""
        try:
            return msgspec.convert(self.tables, kind)
        except msgspec.ValidationError as error:
            what, _, where = str(error).partition(" - at `")
            where = where.rstrip("`")
            if missing := _LANGUAGE_MISSING.fullmatch(what):
                what = self._without(missing[1], where)
            raise self.fault(what, where) from None

    def _without(self, language: str, where: str) -> str:
        """Return that the text at *where* lacks a *language*, and what to add."""
        table, key, owner = self.tables, "", ""
        for key, index in _STEP.findall(where):
            table = table[key][int(index)] if index else table[key]
            name = table.get("name")
            owner = f" of {name!r}" if name else owner
        said = "Chinese" if language == "zh" else "English"
        return f'the {key}{owner} has no {said}; add {language} = "…"'

    def fault(self, what: str, where: str) -> AuthoringError:
        """Return the error *what* at *where*, such as ``$.assignment[1].exercise[0].points``."""
        return AuthoringError(what, self.path, self.line(where))

    def line(self, where: str) -> int | None:
        """Return the line of *where*, or of the innermost table around it; None if unknown.

        ``tomllib`` does not keep lines, so the headers are counted in the text again. That finds
        tables written as ``[[assignment]]``; inline tables have no line.
        """
        lines = self.text.splitlines()
        start, header, found = 0, "", None
        for name, index in _STEP.findall(where):
            dotted = f"{header}.{name}" if header else name
            if not index:
                key = re.compile(rf"\s*({name}\s*=|\[\s*{re.escape(dotted)}\s*\])")
                return _first(lines, start, key) or found
            places = headers(lines, dotted, start)
            if int(index) >= len(places):
                return found
            start, header = places[int(index)] + 1, dotted
            found = start
        return found


def headers(lines: list[str], dotted: str, start: int = 0) -> list[int]:
    """Return the positions, counted from 0, of the headers ``[[dotted]]`` from *start* on."""
    pattern = re.compile(rf"\s*\[\[\s*{re.escape(dotted)}\s*\]\]")
    return [n for n in range(start, len(lines)) if pattern.match(lines[n])]


def read_text(path: Path) -> str:
    r"""Return the text of *path* with ``\n`` as line endings; raises AuthoringError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"this is not UTF-8 (byte {error.start}); save the file as UTF-8"
        raise AuthoringError(what, path) from None
    except OSError as error:
        what = f"cannot be read ({error.strerror}); create it or fix its permissions"
        raise AuthoringError(what, path) from None


def _first(lines: list[str], start: int, pattern: re.Pattern[str]) -> int | None:
    """Return the number of the first line that matches before the next array of tables."""
    for number, line in enumerate(lines[start:], start + 1):
        if line.lstrip().startswith("[["):
            return None
        if pattern.match(line):
            return number
    return None
