"""Do the known mistakes get their hints in JAX, too?

The reference with each known mistake is rewritten from NumPy or PyTorch to JAX: names, keywords,
and item assignments, which become ``.at[].set``. Each is graded as a learner's would be, in a
worker. It should fail, get its own hint, and never another's. What JAX cannot do wrong (change an
argument in place) or what cannot be rewritten is counted as such. First, the reference itself must
pass when it is rewritten.

    python benchmarks/translated.py [ASSIGNMENT/EXERCISE ...] [--show]
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.course.catalogue import Course, apply_mistake  # noqa: E402
from grader.course.source import Cell, reference_text  # noqa: E402
from grader.exercise import Assignment, Mistake  # noqa: E402
from grader.grading.setup import (  # noqa: E402
    diagnosis_for,
    plan_for,
    reference_for,
    text_submission,
)
from grader.outcome import Outcome, Result  # noqa: E402
from grader.sandbox.zygote import Zygote  # noqa: E402
from grader.scoring.plan import Job  # noqa: E402
from grader.scoring.session import collected_checks  # noqa: E402

HEAD = """\
import random
import jax
import jax.numpy as jnp


def new_key():
    return jax.random.PRNGKey(random.randint(0, 2**31 - 1))


"""
#: functions with other names in ``jax.numpy``
_NAMES = {"cat": "concatenate", "matmul": "matmul", "mm": "matmul", "chunk": "split"}
#: functions of other modules
_ELSEWHERE = {"sigmoid": "jax.nn.sigmoid", "rsqrt": "jax.lax.rsqrt"}
_KEYWORDS = {"dim": "axis", "keepdim": "keepdims", "axes": "axes"}
#: methods with other names
_METHODS = {"amax": "max", "amin": "min", "mm": "__matmul__", "double": "double", "t": "transpose"}
_UPDATES: dict[type[ast.operator], str] = {ast.Add: "add", ast.Mult: "multiply", ast.Div: "divide"}


class CannotBeTranslated(Exception):
    """Code that has no counterpart here."""


class ToJax(ast.NodeTransformer):
    """Rewrites code that was written with ``np`` or ``torch``."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Rename what is in the library; methods stay."""
        if isinstance(node.value, ast.Name) and node.value.id in ("np", "torch"):
            whole = _ELSEWHERE.get(node.attr, f"jnp.{_NAMES.get(node.attr, node.attr)}")
            return ast.parse(whole, mode="eval").body
        self.generic_visit(node)
        node.attr = _METHODS.get(node.attr, node.attr)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Rename keywords, leave out devices, and draw with keys."""
        drawn = self._drawn(node)
        if drawn is not None:
            return drawn
        if isinstance(node.func, ast.Attribute) and node.func.attr == "chunk":
            node = ast.Call(
                ast.parse("jnp.split").body[0].value, [node.func.value, *node.args], node.keywords
            )  # type: ignore[attr-defined]
        self.generic_visit(node)
        node.keywords = [k for k in node.keywords if k.arg not in ("device", "requires_grad")]
        for keyword in node.keywords:
            keyword.arg = _KEYWORDS.get(keyword.arg or "", keyword.arg)
        name = ast.unparse(node.func)
        if name in ("jnp.zeros", "jnp.ones") and node.args and len(node.args) > 1:
            node.args = [ast.Tuple(node.args, ast.Load())]
        if name.endswith((".clone", ".detach", ".numpy", ".contiguous")):
            return node.func.value  # type: ignore[attr-defined]
        return node

    def _drawn(self, node: ast.Call) -> ast.AST | None:
        name = ast.unparse(node.func)
        kwargs = {k.arg: ast.unparse(k.value) for k in node.keywords}
        args = [ast.unparse(self.visit(a)) for a in node.args]
        dtype = kwargs.get("dtype", "None")
        match name:
            case "torch.randn_like" | "torch.rand_like":
                kind = "normal" if "randn" in name else "uniform"
                text = f"jax.random.{kind}(new_key(), {args[0]}.shape, {args[0]}.dtype)"
            case "torch.randn" | "torch.rand":
                kind = "normal" if name.endswith("randn") else "uniform"
                text = f"jax.random.{kind}(new_key(), ({', '.join(args)},), {dtype})"
            case "torch.randperm":
                text = f"jax.random.permutation(new_key(), {args[0]})"
            case _ if "rand" in name or "bernoulli" in name or "manual_seed" in name:
                raise CannotBeTranslated(name)
            case _:
                return None
        return ast.parse(text, mode="eval").body

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        """``x[i] = y`` becomes ``x = x.at[i].set(y)``."""
        self.generic_visit(node)
        target = node.targets[0]
        return (
            self._updated(target, "set", node.value) if isinstance(target, ast.Subscript) else node
        )

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        """``x[i] += y`` becomes ``x = x.at[i].add(y)``."""
        self.generic_visit(node)
        if not isinstance(node.target, ast.Subscript):
            return node
        value = node.value
        if isinstance(node.op, ast.Sub):
            return self._updated(node.target, "add", ast.UnaryOp(ast.USub(), value))
        if type(node.op) not in _UPDATES:
            raise CannotBeTranslated(ast.unparse(node))
        return self._updated(node.target, _UPDATES[type(node.op)], value)

    def _updated(self, target: ast.Subscript, method: str, value: ast.expr) -> ast.AST:
        name = ast.unparse(target.value)
        if not name.isidentifier():
            raise CannotBeTranslated(ast.unparse(target))
        index = ast.unparse(target.slice)
        index = (
            "jnp.arange(len(y)), y"
            if index.startswith(("range(len(y))", "(range(len(y))"))
            else index
        )
        return ast.parse(f"{name} = {name}.at[{index}].{method}({ast.unparse(value)})").body[0]

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """A ``range`` is no index in JAX."""
        self.generic_visit(node)
        text = ast.unparse(node.slice)
        if "range(" in text and "arange(" not in text:
            node.slice = ast.parse(
                f"x[{text.replace('range(', 'jnp.arange(')}]", mode="eval"
            ).body.slice  # type: ignore[attr-defined]
        return node

    def visit_With(self, node: ast.With) -> ast.AST | list[ast.stmt]:
        """Nothing is recorded that must not be."""
        self.generic_visit(node)
        return node.body if "no_grad" in ast.unparse(node.items[0]) else node

    def visit_Import(self, node: ast.Import) -> None:
        """Libraries are imported at the top."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Libraries are imported at the top."""


def to_jax(text: str) -> str:
    """Return *text* rewritten; raises CannotBeTranslated."""
    tree = ToJax().visit(ast.parse(text))
    return HEAD + ast.unparse(ast.fix_missing_locations(tree))


def _changes_in_place(mistake: Mistake) -> bool:
    return any(word in mistake.name for word in ("in_place", "inplace", "overwrit", "view"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what each translated mistake was told."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("exercises", nargs="*", metavar="ASSIGNMENT/EXERCISE")
    parser.add_argument("--show", action="store_true", help="print what was not its own")
    options = parser.parse_args(arguments)
    course = Course.load(ROOT)
    total: Counter[str] = Counter()
    print(
        "| exercise | own hint | no hint | another's | not caught | impossible in JAX |\n"
        + "|---" * 6
        + "|"
    )
    with Zygote(("numpy", "jax")) as zygote:
        for assignment in course.assignments:
            wanted = [
                n.partition("/")[2]
                for n in options.exercises
                if n.startswith(assignment.name + "/")
            ]
            if wanted or not options.exercises:
                total += _assignment(course, assignment, wanted, zygote, options.show)
    columns = ("own", "none", "another", "not caught", "impossible")
    print("| all | " + " | ".join(str(total[column]) for column in columns) + " |")


def _assignment(
    course: Course, assignment: Assignment, wanted: Sequence[str], zygote: Zygote, show: bool
) -> Counter[str]:
    total: Counter[str] = Counter()
    cells = course.source(assignment)
    mistakes = course.mistakes(assignment)
    reference = reference_for(course, assignment)
    with collected_checks(plan_for(course, assignment), reference) as runner:
        runner.warm(reference.as_student(assignment.framework))
        explain = diagnosis_for(course, assignment, reference).hints

        def graded(text: str, exercise: str) -> Result:
            submission = text_submission("mine.py", to_jax(text), "jax")
            return runner.grade(
                Job("learner", submission, frozenset([exercise])), zygote, explain=explain
            )

        for exercise in (e.name for e in assignment.exercises):
            if wanted and exercise not in wanted:
                continue
            counts: Counter[str] = Counter()
            if _failed(graded(reference_text(cells), exercise)):
                print(f"| `{exercise}`: the reference cannot be rewritten |", flush=True)
                continue
            for mistake in (m for m in mistakes if m.exercise == exercise):
                kind = _kind(mistake, mistakes, cells, graded)
                counts[kind] += 1
                if show and kind not in ("own", "impossible"):
                    print(f"  {mistake.name}: {kind}", file=sys.stderr, flush=True)
            columns = ("own", "none", "another", "not caught", "impossible")
            row = " | ".join(str(counts[column]) for column in columns)
            print(f"| `{exercise}` | {row} |", flush=True)
            total += counts
    return total


def _kind(
    mistake: Mistake,
    mistakes: Sequence[Mistake],
    cells: Sequence[Cell],
    graded: Callable[[str, str], Result],
) -> str:
    try:
        result = graded(apply_mistake(cells, mistake), mistake.exercise)
    except CannotBeTranslated:
        return "impossible"
    hints = {hint for check in result.checks for hint in check.hints}
    others = {one.hint.en for one in mistakes} - {mistake.hint.en}
    if hints & others:
        return "another"
    if mistake.hint.en in hints:
        return "own"
    if _failed(result):
        return "none"
    return "impossible" if _changes_in_place(mistake) else "not caught"


def _failed(result: Result) -> bool:
    passed = (Outcome.PASSED, Outcome.SKIPPED, Outcome.BLOCKED)
    return any(check.outcome not in passed for check in result.checks)


if __name__ == "__main__":
    main()
