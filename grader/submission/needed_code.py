"""The code in a submission that an exercise needs, as an identity."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from hashlib import sha256

from grader.exercise import Submission
from grader.worker.loader import Source
from grader.worker.slicing import needed


def needed_code(submission: Submission, exercises: Iterable[str]) -> dict[str, str]:
    """Return the identity of the code that each exercise needs; comments do not count."""
    found = {}
    sources = {id(part): _source(part) for part in submission.parts}
    for name in exercises:
        part = submission.holding(name)
        source = sources[id(part)]
        parts = [ast.dump(statement.node) for statement in needed(source.statements, name)]
        if source.fault_in(name):
            parts += [text for _label, _line, _message, text in source.broken]
        whole = "\0".join([part.framework, *parts])
        found[name] = sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    return found


def _source(submission: Submission) -> Source:
    return Source.read([(c.label, c.line, c.text) for c in submission.chunks])
