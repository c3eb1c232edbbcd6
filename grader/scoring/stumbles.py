"""What learners stumble over in one framework, or in Python, read from the code of an exercise.

Values alone do not tell it: the code is looked at where an exercise failed, for what may be the
cause.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.exercise import Submission
from grader.language import _
from grader.submission.learner_names import shown
from grader.worker.loader import Source
from grader.worker.slicing import needed

from . import jax_stumbles
from .ended_check import EndedCheck
from .jax_stumbles import Found

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: what makes a graph of a function, or compiles it, by framework; what draws there
_COMPILERS = {
    "tensorflow": (("tf.function", "tensorflow.function"), "tf.random"),
    "jax": (("jax.jit", "jit"), "jax.random"),
}
#: methods that change a list, a dictionary or a set
_CHANGES = {"append", "extend", "insert", "add", "update", "setdefault", "pop", "remove", "clear"}
_CONTAINERS = (ast.List, ast.Dict, ast.Set)


def with_stumbles(
    ended: Sequence[EndedCheck], submission: Submission, exercise: str
) -> list[EndedCheck]:
    """Return the checks of *exercise*; those whose results were wrong say what may be the cause."""
    if not any(one.caught and one.trace for one in ended):
        return list(ended)
    calls = [record for one in ended for record in one.trace if record.name == exercise]
    gave_none = any(not record.error and record.value is None for record in calls)
    text = next(stumbles(submission.holding(exercise), exercise, gave_none), "")
    return [
        replace(one, verdict=one.verdict.saying(text)) if text and one.caught and one.trace else one
        for one in ended
    ]


def stumbles(submission: Submission, exercise: str, gave_none: bool = False) -> Iterator[str]:
    """Yield a sentence for each place in the code that *exercise* needs.

    Args:
        gave_none: whether a call returned None.
    """
    source = Source.read([(c.label, c.line, c.text) for c in submission.chunks])
    statements = needed(source.statements, exercise)
    every = [one.node for one in source.statements]
    files = [shown(source.pieces[one.chunk][0]) for one in statements]
    nodes = [one.node for one in statements]
    found = [*_kept_defaults(nodes)]
    if submission.framework in _COMPILERS:
        found += _drawn_once(nodes, every, *_COMPILERS[submission.framework])
    if submission.framework == "tensorflow" and gave_none:
        found += _unseen(nodes)
    if submission.framework == "jax":
        found += jax_stumbles.found(nodes, every)
    for one in found:
        yield one.text.format(file=files[one.statement], line=one.line, **one.more)


def _kept_defaults(nodes: Sequence[ast.AST]) -> Iterator[Found]:
    """Yield the defaults of arguments that their function changes: they stay as it leaves them."""
    text = _(
        "{file}, line {line}: this default is made once, and later calls find in it what earlier "
        "ones have left there. Make it in the function."
    )
    for place, function in _functions(nodes):
        arguments = [*function.args.posonlyargs, *function.args.args]
        defaults = function.args.defaults
        pairs = [*zip(arguments[len(arguments) - len(defaults) :], defaults, strict=True)]
        pairs += [
            (argument, default)
            for argument, default in zip(
                function.args.kwonlyargs, function.args.kw_defaults, strict=True
            )
            if default
        ]
        changed = {name for node in ast.walk(function) for name in _changed(node)}
        for argument, default in pairs:
            if isinstance(default, _CONTAINERS) and argument.arg in changed:
                yield Found(place, text, default.lineno)


def _changed(node: ast.AST) -> Iterator[str]:
    """Yield the name of what *node* changes, if it is a variable."""
    match node:
        case ast.Call(ast.Attribute(ast.Name(name), method)) if method in _CHANGES:
            yield name
        case ast.Subscript(ast.Name(name), _, ast.Store()) | ast.AugAssign(ast.Name(name)):
            yield name


def _drawn_once(
    nodes: Sequence[ast.AST], every: Sequence[ast.AST], compilers: Sequence[str], draws: str
) -> Iterator[Found]:
    """Yield the draws of NumPy and Python in functions that are compiled: they draw only then."""
    text = _(
        "{file}, line {line}: this draws once, when {compiler} reads the function, and gives "
        "the same numbers in every later call. Draw with {draws}, or do without {compiler}."
    )
    more = {"compiler": compilers[0], "draws": draws}
    modules = {"np.random", "numpy.random"}
    imported = [alias for node in every if isinstance(node, ast.Import) for alias in node.names]
    modules |= {alias.asname or "random" for alias in imported if alias.name == "random"}
    handed = {
        call.args[0].id
        for top in every
        for call in ast.walk(top)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in compilers
        if call.args and isinstance(call.args[0], ast.Name)
    }
    for place, function in _functions(nodes):
        marks = {word for mark in function.decorator_list for word in _names(mark)}
        if not marks.intersection(compilers) and function.name not in handed:
            continue
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in modules:
                yield Found(place, text, call.lineno, more)


def _names(mark: ast.expr) -> Iterator[str]:
    """Yield the dotted names in a decorator, such as ``partial(jax.jit, static_argnums=1)``."""
    yield from (ast.unparse(n) for n in ast.walk(mark) if isinstance(n, (ast.Attribute, ast.Name)))


def _unseen(nodes: Sequence[ast.AST]) -> Iterator[Found]:
    """Yield where a tape of TensorFlow is asked for a gradient, which may be None."""
    text = _(
        "{file}, line {line}: `gradient` gives None for what the tape has not seen. Compute inside "
        "of with tf.GradientTape() as tape, and first call tape.watch(x) if x is no tf.Variable."
    )
    for place, top in enumerate(nodes):
        for call in ast.walk(top):
            match call:
                case ast.Call(ast.Attribute(_, "gradient")):
                    yield Found(place, text, call.lineno)


def _functions(
    nodes: Sequence[ast.AST],
) -> Iterator[tuple[int, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield the functions in statements, each with the statement in which it stands."""
    for place, top in enumerate(nodes):
        for node in ast.walk(top):
            if isinstance(node, _FUNCTIONS):
                yield place, node
