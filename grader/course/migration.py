"""Migration from the flat layout of older versions to a folder for each exercise.

::

    autograder_tests/basics/test_double.py           →  basics/double/test_public.py
    autograder_tests/basics/test_double_hidden.py    →  basics/double/test_hidden.py
    autograder_tests/basics/mistakes.toml            →  basics/double/mistakes.toml, …
    autograder_tests/basics/equivalents.toml         →  basics/double/equivalents.toml, …
    autograder_tests/basics/tolerances.toml          →  basics/double/tolerances.toml, …
"""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from ..atomic_write import write_all
from ..errors import AuthoringError
from .exercise_folder import FLAT_TABLES, TOLERANCES, flat_checks, is_flat
from .toml_file import TomlFile, read_text

#: the comment that older versions wrote above the tolerances of a whole assignment
_OF_ALL = "by exercise and dtype"

_HEADER = re.compile(r"^[ \t]*\[\[?[ \t]*[\w-]+[ \t]*\]\]?.*\n?", re.MULTILINE)
_INDIVISIBLE = "cannot be divided; write each entry below a header of its own, such as [[mistake]]"


@dataclass(frozen=True, slots=True)
class Migration:
    """The result of a migration.

    Attributes:
        moved: the old file of each new file.

        left: files that belong to no exercise; they are left in place.
    """

    moved: dict[Path, Path] = field(default_factory=dict)
    left: list[Path] = field(default_factory=list)


def migrate(root: Path) -> Migration:
    """Give every exercise of the course in *root* its own folder.

    A course that already has them is left unchanged; a partial migration is completed.

    Raises:
        AuthoringError: a file cannot be divided, or would replace another one. Then nothing has
            been written.
    """
    catalogue = TomlFile.read(root / "assignments" / "course.toml")
    done, texts = Migration(), dict[Path, bytes]()
    for assignment, exercises in _names(catalogue).items():
        folder = root / "autograder_tests" / assignment
        if is_flat(folder, exercises):
            _divide(folder, exercises, done, texts)
    for path, content in texts.items():
        # An identical file comes from a migration that was interrupted.
        if path.exists() and path.read_bytes() != content:
            raise AuthoringError("already exists; move it elsewhere and migrate again", path)
    write_all(texts)
    for path in set(done.moved.values()):
        path.unlink()
    return done


def _names(catalogue: TomlFile) -> dict[str, list[str]]:
    """Return the names of the exercises of every assignment."""
    try:
        tables = catalogue.tables["assignment"]
        return {a["name"]: [exercise["name"] for exercise in a["exercise"]] for a in tables}
    except (KeyError, TypeError):
        what = "each assignment and each exercise needs a name; add them"
        raise AuthoringError(what, catalogue.path) from None


def _divide(folder: Path, exercises: list[str], done: Migration, texts: dict[Path, bytes]) -> None:
    """Add the new files for one assignment's *folder* to *texts*."""

    def put(exercise: str, name: str, content: str, origin: Path) -> None:
        target = folder / exercise / name
        texts[target] = content.encode()
        done.moved[target] = origin

    for exercise in exercises:
        for old, new in flat_checks(exercise).items():
            if (folder / old).is_file():
                put(exercise, new, _deeper(folder / old), folder / old)
    for name in FLAT_TABLES:
        path = folder / name
        if path.is_file():
            divide = _tolerances if name == TOLERANCES else _tables
            for exercise, content in divide(path, exercises).items():
                put(exercise, name, content, path)
    moved = set(done.moved.values())
    done.left.extend(sorted(p for p in folder.iterdir() if p.is_file() and p not in moved))


def _deeper(path: Path) -> str:
    """Return the checks at *path* with imports adapted to one folder further down.

    Modules beside the old file stay there and are imported from one level up.
    """
    text = _exact(path)
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise AuthoringError(f"this is not valid Python: {error.msg}", path, error.lineno) from None
    lines = text.split("\n")
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            line = lines[node.lineno - 1]
            lines[node.lineno - 1] = re.sub(r"(\bfrom\s*)\.", r"\1..", line, count=1)
    return "\n".join(lines)


def _tables(path: Path, exercises: list[str]) -> dict[str, str]:
    """Return the text of each exercise's tables, without the key that named it."""
    whole, head, blocks = _blocks(path)
    parts: dict[str, str] = {}
    for line, block in blocks:
        document = _parsed(path, block)
        kind, tables = next(iter(document.items()))
        exercise = tables[0].get("exercise") if isinstance(tables, AoT) else None
        if exercise not in exercises:
            what = f"[[{kind}]] names no exercise of course.toml; fix its exercise"
            raise AuthoringError(what, path, line)
        tables[0].remove("exercise")
        text = tomlkit.dumps(document)
        parts[exercise] = parts[exercise] + text if exercise in parts else head + text.lstrip()
    wanted: dict[str, dict[str, Any]] = {}
    for kind, listed in whole.items():
        for table in listed if isinstance(listed, list) else [{}]:
            rest = {key: value for key, value in table.items() if key != "exercise"}
            wanted.setdefault(table.get("exercise", ""), {}).setdefault(kind, []).append(rest)
    # Comments alone belong to no exercise, but must not be lost.
    return _proven(path, parts, wanted) or {exercises[0]: head}


def _tolerances(path: Path, exercises: list[str]) -> dict[str, str]:
    """Return the text of each exercise's tolerances, without the header that named it."""
    whole, head, blocks = _blocks(path)
    head = head.replace(_OF_ALL, "by dtype")
    parts: dict[str, str] = {}
    for line, block in blocks:
        exercise = next(iter(_parsed(path, block)))
        if exercise not in exercises:
            raise AuthoringError(f"there is no exercise {exercise!r}; remove it", path, line)
        parts[exercise] = head + _HEADER.sub("", block, count=1).lstrip()
    return _proven(path, parts, whole) or {exercises[0]: head}


def _blocks(path: Path) -> tuple[dict[str, Any], str, list[tuple[int, str]]]:
    """Return the values of a file, its opening text, and each table with its line.

    Comments above a table belong to it, except for the first paragraph of the file.
    """
    whole = TomlFile.read(path).tables
    lines = _exact(path).splitlines(keepends=True)
    starts = [n for n, line in enumerate(lines) if _HEADER.match(line)]
    blank = [n for n, line in enumerate(lines) if not line.strip() and n < min(starts, default=n)]
    top = blank[0] + 1 if blank else 0
    blocks, end = list[tuple[int, str]](), len(lines)
    for start in reversed(starts):
        above = start
        while above > top and (lines[above - 1].lstrip() or "#").startswith("#"):
            above -= 1
        blocks.insert(0, (start + 1, "".join(lines[above:end])))
        end = above
    return whole, "".join(lines[:end]), blocks


def _parsed(path: Path, block: str) -> tomlkit.TOMLDocument:
    """Return one table; raises AuthoringError if it is not valid TOML by itself."""
    try:
        return tomlkit.parse(block)
    except TOMLKitError:
        raise AuthoringError(_INDIVISIBLE, path) from None


def _proven(path: Path, parts: dict[str, str], wanted: dict[str, Any]) -> dict[str, str]:
    """Return *parts* without trailing blank lines; raises AuthoringError if a value was lost."""
    if {name: tomllib.loads(text) for name, text in parts.items()} != wanted:
        raise AuthoringError(_INDIVISIBLE, path)
    return {
        name: text.rstrip() + ("\r\n" if "\r\n" in text else "\n") for name, text in parts.items()
    }


def _exact(path: Path) -> str:
    """Return the text of *path* with its line endings unchanged; raises AuthoringError."""
    read_text(path)  # raises an error that says what is wrong
    return path.read_bytes().decode("utf-8-sig")
