"""Phrases that say what an argument of an exercise must be in its checks: ``varies``."""

from __future__ import annotations

import re

from ..exercise import DEMANDS, Variation

#: what may stand in a phrase, for messages
WORDS = (
    "'any shape', 'both signs', 'positive', 'not negative', a range such as '1e-9 to 1e4', "
    "'fixed (why)', or 'no …  (why)' with one of: " + ", ".join(DEMANDS)
)

_NUMBER = r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
_RANGE = re.compile(rf"{_NUMBER} to {_NUMBER}")
_WITHOUT = re.compile(r"(fixed|no ([\w ]+?)(?: on axis (\d+))?)\s*(?:\((.*)\))?", re.DOTALL)
_ALONE = {"any shape", "both signs", "positive", "not negative"}
_OPPOSITES = ({"both signs", "positive"}, {"both signs", "not negative"})
#: the demands that are about a size, of which one axis may be excepted
_OF_AXES = ("other sizes", "size 1", "unequal sizes")


def read_phrase(argument: str, phrase: str) -> Variation:
    """Return what *phrase* says of *argument*; raises ValueError with what to write."""
    words: set[str] = set()
    bounds: tuple[float, float] | None = None
    without: set[tuple[str, int | None]] = set()
    for part in _parts(phrase):
        if part in _ALONE:
            words.add(part)
        elif numbers := _RANGE.fullmatch(part):
            bounds = float(numbers[1]), float(numbers[2])
            if bounds[0] >= bounds[1]:
                raise ValueError(f"the range {part!r} of {argument!r} ends before it begins")
        elif excepted := _WITHOUT.fullmatch(part):
            without |= _without(argument, part, excepted)
        else:
            raise ValueError(f"{part!r} of {argument!r} is no demand; write {WORDS}")
    if any(pair <= words for pair in _OPPOSITES):
        raise ValueError(f"{argument!r} cannot be both {' and '.join(sorted(words))}")
    return Variation(argument, frozenset(words), bounds, frozenset(without))


def _without(argument: str, part: str, match: re.Match[str]) -> set[tuple[str, int | None]]:
    """Return the demands that one *part* of a phrase takes away, each with its axis, if any."""
    whole, name, axis, reason = match.groups()
    if whole != "fixed" and name not in DEMANDS:
        what = f"{whole!r} of {argument!r} takes away nothing; write 'no' with one of: "
        raise ValueError(what + ", ".join(DEMANDS))
    if not (reason or "").strip():
        raise ValueError(f"{part!r} of {argument!r} needs a reason: '{part} (why)'")
    if axis is not None and name not in _OF_AXES:
        what = f"{whole!r} of {argument!r} is about no axis; write an axis only behind one of: "
        raise ValueError(what + ", ".join(_OF_AXES))
    names = DEMANDS if whole == "fixed" else (name,)
    return {(one, None if axis is None else int(axis)) for one in names}


def _parts(phrase: str) -> list[str]:
    """Return *phrase* at its commas, but for those in parentheses."""
    parts, depth = [""], 0
    for letter in phrase:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth <= 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [" ".join(part.split()) for part in parts]
