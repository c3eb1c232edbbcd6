"""All texts that exist in English and in Chinese, in pairs; and a record of their translations.

After a change of an English text, its Chinese is to change, too. The record knows each Chinese text
with the English that it translates, both as digests. Where the Chinese is still right, or is new,
write the record anew::

    python -m tests.course.bilingual_texts
"""

from __future__ import annotations

import ast
import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from grader.course.source import read_cells

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "grader" / "locale" / "zh" / "LC_MESSAGES" / "gradproof.po"
RECORD = Path(__file__).with_name("translations.txt")


def in_source(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the prose and the statements of a source: a Chinese cell follows its English one."""
    cells = [cell for cell in read_cells(path) if cell.kind == "markdown"]
    for english, chinese in zip(cells[::2], cells[1::2], strict=True):
        assert (english.lang, chinese.lang) == ("en", "zh"), f"{path}, line {chinese.line}"
        yield english.text, chinese.text


def in_toml(value: object) -> Iterator[tuple[str, str]]:
    """Yield the bilingual texts anywhere in what a TOML file says."""
    if isinstance(value, dict) and value.keys() == {"en", "zh"}:
        yield value["en"], value["zh"]
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from in_toml(part)


def in_checks(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the sentences of checks, and what they say when they fail."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            english, _zh, chinese = (ast.get_docstring(node) or "").partition("zh:")
            if chinese:
                yield english, chinese
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Text" and len(node.args) == 2:
            english, chinese = (ast.unparse(argument) for argument in node.args)
            yield english, chinese


def pairs() -> Iterator[tuple[str, str, str]]:
    """Yield a place, and an English and a Chinese text that say the same there."""
    for path in sorted((ROOT / "solutions").glob("*/*.py")):
        for english, chinese in in_source(path):
            yield path.stem, english, chinese
    tests = ROOT / "autograder_tests"
    for path in [ROOT / "assignments" / "course.toml", *sorted(tests.rglob("mistakes.toml"))]:
        for english, chinese in in_toml(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield str(path.relative_to(ROOT)), english, chinese
    for path in sorted(tests.rglob("*.py")):
        for english, chinese in in_checks(path):
            yield str(path.relative_to(ROOT)), english, chinese
    with CATALOGUE.open("rb") as file:
        for message in read_po(file):
            if message.id:
                yield CATALOGUE.name, str(message.id), str(message.string)


def digests(english: str, chinese: str) -> tuple[str, str]:
    """Return what the record holds of a pair, Chinese first; where lines break does not matter."""
    texts = ("".join(chinese.split()), " ".join(english.split()))
    first, second = (hashlib.sha256(text.encode()).hexdigest()[:10] for text in texts)
    return first, second


def recorded() -> set[tuple[str, str]]:
    """Return the digests of each pair in the record."""
    lines = RECORD.read_text(encoding="utf-8").splitlines()
    return {(first, second) for first, second in (line.split() for line in lines)}


def course_pairs() -> list[tuple[str, str, str]]:
    """Return the pairs of the course; gettext itself finds a stale message of the program."""
    return [pair for pair in pairs() if pair[0] != CATALOGUE.name]


if __name__ == "__main__":
    now = {digests(english, chinese) for _place, english, chinese in course_pairs()}
    RECORD.write_text("".join(f"{a} {b}\n" for a, b in sorted(now)), encoding="utf-8")
