"""Evidence in words: the call, what came back, what was expected, and where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import indent

from grader.language import _

from .evidence import Evidence


def facts(evidence: Evidence, message: str) -> Iterator[str]:
    """Yield *evidence* as lines, without what the *message* of the check already says."""
    yield evidence.call
    yield from part(evidence, message)
    yield from (indent(value, "  ") for value in values(evidence, message))
    yield from beside(evidence, message)


def part(evidence: Evidence, message: str) -> Iterator[str]:
    """Yield which of several results is meant; with a colon only if values follow."""
    if evidence.part:
        yield evidence.part.rstrip(":：") if tells_shapes(evidence, message) else evidence.part


def values(evidence: Evidence, message: str) -> Iterator[str]:
    """Yield the returned and expected values, as far as they are known and *message* lacks them."""
    if tells_shapes(evidence, message):
        return
    both = (_("got: {what}"), evidence.got), (_("expected: {what}"), evidence.expected)
    for text, value in both:
        if value:
            several = "\n" in value
            shown = text.format(what="\n" + indent(value, "  ") if several else value)
            yield shown.replace(": \n", ":\n")


def tells_shapes(evidence: Evidence, message: str) -> bool:
    """Whether only shapes are known of both values, and *message* names them."""
    return bool(evidence.shapes) and all(shape in message for shape in evidence.shapes)


def beside(evidence: Evidence, message: str) -> Iterator[str]:
    """Yield where both values differ, and how, as far as *message* does not say it."""
    if _is_named(evidence.place, message):  # with how many differ, by the check's own tolerance
        told = [evidence.signs]
    else:
        told = [evidence.worst, evidence.extent]
    yield from (text for text in told if text and text not in message)


def _is_named(place: str, message: str) -> bool:
    """Whether *message* names an entry; ``w[0]`` is the name of an array."""
    return bool(place) and re.search(rf"(?<!\w){re.escape(place)}", message) is not None
