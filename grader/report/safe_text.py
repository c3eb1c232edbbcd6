r"""Makes learners' text harmless wherever it is shown.

A message may quote what a learner's code returned or raised, and a file may have any name: escape
codes could rewrite an instructor's terminal, changes of writing direction could display a different
grade, and markup could fake one. Every renderer starts from :func:`clean_result`; its result can be
encoded as UTF-8 and is legal in XML 1.0.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from grader.language import _
from grader.outcome import Result

#: the maximum number of characters that :func:`clean` returns
LONGEST = 4_000

#: the number of characters kept of a longer text; the rest of LONGEST is for the note
_KEPT = 3_900

# Escape sequences as a whole, so that no "[31m" stays behind: strings such as a window's title,
# then colours and movements, then the short ones. Possessive, so that no text makes them slow.
_ESCAPES = re.compile(
    r"\x1b[\]PX^_][^\x07\x1b]*+(?:\x07|\x1b\\)|\x1b\[[0-?]*+[ -/]*+[@-~]|\x1b[ -/]*+[0-~]"
)
_NEWLINES = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x9f"
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNREADABLE = "\ud800-\udfff\ufeff\ufffe\uffff\U000e0000-\U000e007f"
# Invisible characters make different names look alike. Emoji and some scripts need joiners.
_INVISIBLE = "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f"
_INVISIBLE += "\u3164\uffa0\ufff9-\ufffb"
_UNSAFE = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_UNREADABLE}{_INVISIBLE}]")

# Backslashes are not enough for HTML: some Markdown dialects do not know them before "<".
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Characters with a meaning anywhere, at the start of a line, or that turn an address into a link.
_MARKUP = re.compile(r"[\\`*_\[\]|~$]|^[-+=#]|(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE)
# What a spreadsheet reads as the start of a formula, also in full-width form; after quotes,
# which some drop, and after a semicolon, which separates cells where a comma is the decimal point.
_FORMULA = re.compile(r"""(^|;)([\s"']*[=+\-@＝＋－＠])""")
_NUMBERED = re.compile(r"^([0-9]+)([.)])")


def clean(text: str) -> str:
    r"""Return *text* without anything that could fool a terminal or a reader.

    Escape sequences are removed; other control characters (except ``\n`` and ``\t``), changes of
    direction, invisible letters and lone surrogates become U+FFFD; every line ends in ``\n``; a
    long text is cut, with a note. Cleaning twice changes nothing more.
    """
    if len(text) <= LONGEST and text.isascii() and text.isprintable():
        return text  # most are; classes have a million
    text = _ESCAPES.sub("", text)
    text = _NEWLINES.sub("\n", text)
    text = _UNSAFE.sub("\ufffd", text)
    if len(text) <= LONGEST:
        return text
    note = _("… ({count} more characters are left out)").format(count=len(text) - _KEPT)
    return f"{text[:_KEPT]}\n{note}"


def one_line(text: str) -> str:
    """Return *text* clean, on one line and stripped."""
    return " ".join(clean(text).split())


def defused(text: str) -> str:
    """Return *text*, which is on one line, so that no spreadsheet reads it as a formula."""
    return _FORMULA.sub(r"\1'\2", text)


def markdown_text(text: str) -> str:
    """Return Markdown that shows *text* literally, whatever markup or HTML it contains.

    One line is escaped; several become a fenced block, which must start on its own line.
    """
    text = clean(text).strip("\n")
    if "\n" not in text:
        escaped = _MARKUP.sub(r"\\\g<0>", text.strip().translate(_HTML))
        return _NUMBERED.sub(r"\1\\\2", escaped)
    fence = _fence(text, 3)
    return f"{fence}text\n{text}\n{fence}"


def code_span(text: str) -> str:
    """Return Markdown that shows *text*, one line, as code, and that is readable unrendered."""
    fence = _fence(text, 1)
    # A space on both sides is not part of the code.
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def _fence(text: str, least: int) -> str:
    """Return more backticks than any run of them in *text*."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)


def clean_result(result: Result) -> Result:
    """Return *result* with every text cleaned."""
    cleaned: Result = _cleaned(result)
    return cleaned


def _cleaned(value: Any) -> Any:
    """Return *value* with every text cleaned, at any depth in tuples, dicts and dataclasses."""
    # Not isinstance: an Outcome is a str, too, but a trusted one.
    if type(value) is str:
        return clean(value)
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        given = [one.name for one in fields(value) if one.init]
        return replace(value, **{name: _cleaned(getattr(value, name)) for name in given})
    return value
