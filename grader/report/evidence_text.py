"""Evidence in words: the call, what came back, what was expected, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

from grader.language import _

from .evidence import Evidence


def facts(evidence: Evidence, message: str) -> Iterator[str]:
    """Yield *evidence* as lines, without what the *message* of the check already says."""
    yield evidence.call
    if evidence.part:
        yield evidence.part
    yield from (indent(value, "  ") for value in values(evidence))
    if tells_worst(evidence, message):
        yield evidence.worst
    if evidence.extent not in message:
        yield evidence.extent


def values(evidence: Evidence) -> Iterator[str]:
    """Yield the returned and expected values, as far as they are known."""
    both = (_("got: {what}"), evidence.got), (_("expected: {what}"), evidence.expected)
    for text, value in both:
        if value:
            several = "\n" in value
            shown = text.format(what="\n" + indent(value, "  ") if several else value)
            yield shown.replace(": \n", ":\n")


def tells_worst(evidence: Evidence, message: str) -> bool:
    """Whether the worst entry is known, and *message* does not name it."""
    return bool(evidence.worst) and evidence.place not in message
