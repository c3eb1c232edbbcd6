"""The shapes that a statement gives the arguments of its exercise."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

#: of an argument, by the number of axes: what each size is called, such as ``n``, ``4h`` or ``1``
Shapes = Mapping[str, Mapping[int, tuple[str, ...]]]

_CODE = re.compile(r"`([^`]*)`")
_SHAPE = re.compile(r"\(\s*([\w+*/ -]+(?:,\s*[\w+*/ -]+)*,?)\s*\)")
#: a sentence or an item of a list is over: what it spoke of is not meant any more
_OVER = re.compile(r"[.;:!?](?:\s|$)|\n\s*\n|^- ", re.MULTILINE)


def stated_shapes(texts: Iterable[str], arguments: Collection[str]) -> Shapes:
    """Return the shapes that the *texts* of a statement give the *arguments*.

    A shape is that of the arguments that the same sentence named since the last one, as in "`p` and
    `q` have shape `(k,)`"; behind "or" it is another one of the same.
    """
    found: dict[str, dict[int, tuple[str, ...]]] = {}
    for text in texts:
        named: list[str] = []
        given: list[str] = []
        for between, code in _spans(text):
            if _OVER.search(between):
                named, given = [], []
            if shape := _SHAPE.fullmatch(code):
                sizes = tuple(one.strip() for one in shape[1].rstrip(", ").split(","))
                owners = given if not named and between.split() == ["or"] else named
                for name in owners:
                    found.setdefault(name, {}).setdefault(len(sizes), sizes)
                named, given = [], owners
            elif code in arguments:
                named.append(code)
            else:
                named = []
    return found


def _spans(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is quoted as code in *text*, each with the text since the one before."""
    end = 0
    for span in _CODE.finditer(text):
        yield text[end : span.start()], span[1]
        end = span.end()
