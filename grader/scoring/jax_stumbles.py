"""What learners stumble over in JAX alone, read from the code of an exercise that failed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.exercise import Submission
from grader.language import _
from grader.submission.learner_names import shown
from grader.worker.loader import Source
from grader.worker.slicing import needed

from .ended_check import EndedCheck

#: what makes a key; the last is the book's
_KEYS = ("PRNGKey", "get_key")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def with_stumbles(
    ended: Sequence[EndedCheck], submission: Submission, exercise: str
) -> list[EndedCheck]:
    """Return the checks of *exercise*; those whose results were wrong say what may be the cause."""
    if not any(one.caught and one.trace for one in ended):
        return list(ended)
    part = submission.holding(exercise)
    text = next(stumbles(part, exercise), "") if part.framework == "jax" else ""
    return [
        replace(one, verdict=one.verdict.saying(text)) if text and one.caught and one.trace else one
        for one in ended
    ]


def stumbles(submission: Submission, exercise: str) -> Iterator[str]:
    """Yield a sentence for each place in the code that *exercise* needs."""
    source = Source.read([(c.label, c.line, c.text) for c in submission.chunks])
    unused = _(
        "{file}, line {line}: the result of .at[].{method} is not used. It is a new array; the old "
        "one does not change."
    )
    same = _(
        "{file}, line {line}: this key is the same in every call, and so are the numbers that "
        "follow from it. Draw a new key in each call."
    )
    for statement in needed(source.statements, exercise):
        file = shown(source.pieces[statement.chunk][0])
        for node in ast.walk(statement.node):
            if isinstance(node, ast.Expr) and (method := _update(node.value)):
                yield unused.format(file=file, line=node.lineno, method=method)
            if isinstance(node, _FUNCTIONS) and (line := _fixed_key(node)):
                yield same.format(file=file, line=line)


def _update(node: ast.expr) -> str:
    """Return ``set`` for ``x.at[i].set(y)``, and likewise; empty for anything else."""
    match node:
        case ast.Call(ast.Attribute(ast.Subscript(ast.Attribute(attr="at")), method)):
            return method
    return ""


def _fixed_key(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the line of a key that is the same in all calls of *function*; 0 if there is none."""
    defaults = [one for one in (*function.args.defaults, *function.args.kw_defaults) if one]
    for key in (key for one in defaults for key in _keys(one)):
        return key.lineno
    for key in (key for one in function.body for key in _keys(one)):
        if key.args and all(isinstance(argument, ast.Constant) for argument in key.args):
            return key.lineno
    return 0


def _keys(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls in *node* that make a key, as ``jax.random.PRNGKey`` does."""
    for call in ast.walk(node):
        match call:
            case ast.Call(ast.Attribute(attr=name) | ast.Name(id=name)) if name in _KEYS:
                yield call
            case ast.Call(ast.Attribute(ast.Attribute(attr="random"), "key")):
                yield call
