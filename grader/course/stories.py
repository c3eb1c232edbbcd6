"""Stories: given code that shows what exercises are good for, such as a plot of a fitted line.

It stands below the exercises that it uses, in notebooks only, and is never graded. While one of
these exercises does not work yet, a learner reads where the story goes on, and no traceback.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from ..errors import AuthoringError
from ..exercise import Language, Text
from ..language import listed
from .source import Cell

_HEAD = Text(
    "# Run this to see what your code is good for. It is not graded.",
    "# 运行看看你写的代码能做什么。这里不评分。",
)
_MISSING = Text("To see this, install what is missing: ", "要看到结果，请安装缺少的库：")
_LATER = Text(
    "The story goes on here once this works: {names}. ", "等{names}写好之后，故事从这里继续。"
)


def check_stories(path: Path, cells: Sequence[Cell]) -> None:
    """Raise AuthoringError if a story is told in a cell that cannot hold it.

    Args:
        path: the source of *cells*.
    """
    above: set[str] = set()
    for cell in cells:
        if cell.exercise:
            above.add(cell.exercise)
        for name in cell.story:
            if name not in above:
                what = f"{name!r} does not stand above this story; move the story below it"
                raise AuthoringError(what, path, cell.line)
        if cell.story and cell.kind == "code" and not _can_be_indented(cell.text):
            what = "a text of several lines would be indented with the story; use one line for it"
            raise AuthoringError(what, path, cell.line)


def in_one(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Yield *cells*, code cells of the same story that follow one another as one."""
    for story, group in groupby(cells, key=lambda cell: cell.kind == "code" and cell.story):
        if story:
            first, *others = group
            yield replace(first, text="\n".join(cell.text for cell in (first, *others)))
        else:
            yield from group


def story_text(cell: Cell, language: Language) -> str:
    """Return the code of a story as learners get it."""
    names = listed(cell.story, said=language)
    later = _LATER.get(language).format(names=names)
    lines = [
        _HEAD.get(language),
        "try:",
        textwrap.indent(cell.text, "    "),
        "except ImportError as error:",
        f'    print("{_MISSING.get(language)}", error, sep="")',
        "except Exception as error:",
        f'    print("{later}", repr(error), sep="")',
    ]
    return "\n".join(lines)


def _can_be_indented(text: str) -> bool:
    """Return whether code means the same with each line indented."""
    body = ast.parse(f"if True:\n{textwrap.indent(text, '    ')}").body[0]
    assert isinstance(body, ast.If)
    return [ast.dump(one) for one in body.body] == [ast.dump(one) for one in ast.parse(text).body]
