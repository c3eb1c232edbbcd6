"""What a page shows of a submission: the code of an exercise, and a check's first wrong call."""

from __future__ import annotations

import ast
from collections.abc import Collection
from dataclasses import replace

from grader.exercise import Submission
from grader.report.evidence import Evidence, evidence_of
from grader.report.learner_page import Code
from grader.sandbox.reference import ReferenceChannel
from grader.scoring.compared_calls import by_reference, judged_calls
from grader.scoring.ended_check import EndedCheck
from grader.worker.definitions import last_defining, lines_defining
from grader.worker.loader import Source
from grader.worker.slicing import needed

from .setup import Unread

#: lines that are shown of code which is not valid Python
_MOST_LINES = 60


def evidence_in(ended: EndedCheck, reference: ReferenceChannel) -> Evidence | None:
    """Return the first wrong call of a check; None if none is known to be wrong, or explains it."""
    if not ended.is_about_values:
        return None
    # Calling the learner's functions again adds records.
    ended = replace(ended, trace=list(ended.trace))
    return evidence_of(judged_calls(ended, by_reference(reference, ended)), ended.found)


def code_of(read: Submission | Unread, exercise: str) -> Code | None:
    """Return the learner's definition of *exercise*; None if there is none."""
    if isinstance(read, Unread):
        return None
    part = read.holding(exercise)
    texts = [chunk.text for chunk in part.chunks]
    index = last_defining(texts, exercise)
    lines = lines_defining(texts[index], exercise) if index is not None else None
    if index is None:
        return None
    chunk = part.chunks[index]
    lines = lines or slice(0, _MOST_LINES)  # of what is not valid Python, all
    return Code(chunk.label, chunk.line + (lines.start or 0), tuple(chunk.text.splitlines()[lines]))


def used_by(read: Submission | Unread, exercise: str, others: Collection[str]) -> tuple[Code, ...]:
    """Return what the learner's definition of *exercise* needs of the same file, but no imports.

    Args:
        others: exercises that are shown anyway.
    """
    if isinstance(read, Unread):
        return ()
    part = read.holding(exercise)
    source = Source.read([(chunk.label, chunk.line, chunk.text) for chunk in part.chunks])
    found = []
    for statement in needed(source.statements, exercise):
        if not statement.is_import and not statement.binds & {exercise, *others}:
            chunk = part.chunks[statement.chunk]
            first = min(_lines_of(statement.node)) - chunk.line
            last = (statement.node.end_lineno or statement.node.lineno) - chunk.line
            lines = chunk.text.splitlines()[first : last + 1]
            found.append(Code(chunk.label, chunk.line + first, tuple(lines)))
    return tuple(found)


def _lines_of(statement: ast.stmt) -> list[int]:
    """Return where a statement and its decorators begin."""
    return [statement.lineno, *(one.lineno for one in getattr(statement, "decorator_list", ()))]
