"""IPython syntax made plain Python, line by line.

No statement of Python begins with ``%``, ``!`` or ``?``, assigns from ``%`` or ``!``, or ends in
``?``; so such a line is IPython's exactly if a statement may begin there. It becomes ``pass`` at
the same indent, which keeps the block around it whole and every line number where it was.
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
# With IPython's "automagic" these work without a percent sign.
_AUTOMAGIC = re.compile(
    r"(\s*)(?:(?:pip|conda|mamba|uv)\s+(?:pip\s+)?install\s+[^\s=(]"
    r"|matplotlib\s+(?:inline|notebook|widget|ipympl)\s*$|load_ext\s+\w|autoreload\s+\d)"
)


def to_python(text: str) -> str:
    """Return the cell *text* with IPython syntax replaced; it has as many lines as before.

    ``%%time`` and its like are blanked and their body kept; the body of any other cell magic is
    no Python of this notebook and is blanked too. ``%time statement`` keeps its statement. Plain
    Python comes back unchanged.
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
    """Return the names of the files whose code ``%run`` makes part of the cell *text*."""
    return [name for _quote, name in _RUN.findall(text)]


def _as_typed(lines: list[str]) -> list[str]:
    """Return *lines* without an indent that all share, or the prompts of an interpreter.

    IPython takes off both, as far as the first line that is not empty has them. But the body of a
    definition without that indent would lose its own.
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
