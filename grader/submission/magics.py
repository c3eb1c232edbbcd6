"""Convert IPython syntax to plain Python, line by line.

No Python statement begins with ``%``, ``!`` or ``?``, assigns from ``%`` or ``!``, or ends in
``?``. So such a line is IPython syntax if a statement may begin there. It becomes ``pass`` with the
same indent, so that blocks stay complete and line numbers do not change.
"""

from __future__ import annotations

import re

from grader.worker.silenced_output import TRANSPARENT

from .statement_starts import Scanner

_FIRST_PROMPT = re.compile(r">>>(?: |$)|In \[\d+\]: ")
_PROMPT = re.compile(r"^(?:(?:>>>|\.\.\.)(?: |$)|In \[\d+\]: |[ \t]*\.{3,}: ?)")
_CELL_MAGIC = re.compile(r"\s*%%([A-Za-z_]\w*|!)")
_TIME = re.compile(r"(\s*)%time\s+(?=[^\s!%?-])")
_ESCAPED = re.compile(r"(\s*)(?:%|!|\?)")
_HELP = re.compile(r"(\s*)[%\w*][\w.*]*(?:\[[^\]]*\][\w.*]*)*\?{1,2}(?:\s*;)?\s*(?:#.*)?$")
_TARGET = r"[^\W\d]\w*(?:\.\w+|\[[^\]=!%]*\])*"
_ASSIGNED = re.compile(rf"(\s*)({_TARGET}(?:\s*,\s*{_TARGET})*)\s*=\s*(?:!|%)")
_DEFINITION = re.compile(r"(?:async[ \t]+)?(?:def|class)\b")
_RUN = re.compile(r"^[ \t]*%run[ \t]+(?:-[einp][ \t]+)*(['\"]?)(?:\./)?([^\s'\"]+)\1[ \t]*$", re.M)
# What a script writes for the same: exec(open("utils.py").read()), also compiled first.
_EXEC = re.compile(
    r"""^exec\((?:compile\()?\s*(?:open|(?:pathlib\.)?Path)\(\s*r?(['"])(?:\./)?([^'"]+)\1[^()]*\)"""
    r"""\.read(?:_text)?\(""",
    re.M,
)
# With IPython's "automagic", these work without a percent sign.
_AUTOMAGIC = re.compile(
    r"(\s*)(?:(?:pip|conda|mamba|uv)\s+(?:pip\s+)?install\s+[^\s=(]"
    r"|matplotlib\s+(?:inline|notebook|widget|ipympl)\s*$|load_ext\s+\w|autoreload\s+\d)"
)


def to_python(text: str) -> str:
    """Return the cell *text* with IPython syntax replaced and the same number of lines.

    ``%%time`` and similar magics are blanked and the rest of the cell kept. With other cell magics,
    the rest of the cell is not Python and is blanked, too. ``%time statement`` keeps its statement.
    Plain Python is returned unchanged.
    """
    lines = _without_cell_magics(_as_typed(text.split("\n")))
    scanner = Scanner()
    plain: list[str] = []
    swallowing = False
    for line in lines:
        if swallowing:
            plain.append("")
            swallowing = line.endswith("\\")
            continue
        kept = line if scanner.inside else _plain(line)
        scanner.feed(kept)
        plain.append(kept)
        swallowing = line.endswith("\\") and not kept.endswith("\\")
    return "\n".join(plain)


def files_run(text: str) -> list[str]:
    """Return the names of the files that the cell *text* runs: ``%run``, ``exec(open(…))``."""
    found = [match for pattern in (_RUN, _EXEC) for match in pattern.finditer(text)]
    return [match[2] for match in sorted(found, key=re.Match.start)]


def _as_typed(lines: list[str]) -> list[str]:
    """Return *lines* without a common indent or the prompts of an interpreter.

    IPython removes those that the first non-empty line has. Here, an indent is only removed if all
    lines have it: the body of an unindented definition would lose its own.
    """
    top = next((line for line in lines if line.strip()), "")
    indent = top[: len(top) - len(top.lstrip(" \t"))]
    if indent and any(map(_DEFINITION.match, lines)):
        return lines
    lines = [line.removeprefix(indent) for line in lines]
    if _FIRST_PROMPT.match(top.removeprefix(indent)):
        lines = [_PROMPT.sub("", line, count=1) for line in lines]
    return lines


def _without_cell_magics(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        magic = _CELL_MAGIC.match(line)
        if magic is None:
            break
        if magic.group(1) not in TRANSPARENT:
            return lines[:number] + [""] * (len(lines) - number)
        lines[number] = ""
    return lines


def _plain(line: str) -> str:
    if timed := _TIME.match(line):
        return timed.group(1) + line[timed.end() :]
    if assigned := _ASSIGNED.match(line):
        targets = re.split(r"\s*,\s*", assigned.group(2))
        return f"{assigned.group(1)}{' = '.join(targets)} = None"
    for pattern in (_ESCAPED, _HELP, _AUTOMAGIC):
        if magic := pattern.match(line):
            return magic.group(1) + "pass"
    return line
