"""Rewrites references and known mistakes from NumPy or PyTorch to JAX or TensorFlow."""

from __future__ import annotations

import ast
from typing import ClassVar

HEADS = {
    "jax": """\
import random
import jax
import jax.numpy as jnp


def new_key():
    return jax.random.PRNGKey(random.randint(0, 2**31 - 1))


""",
    "tensorflow": """\
import numpy
import tensorflow as tf


def like_numpy():
    tf.experimental.numpy.experimental_enable_numpy_behavior(dtype_conversion_mode="all")
    return tf.experimental.numpy


tnp = like_numpy()  # a bare call would not be run: no function needs it


def changed(x, value, index=...):
    # what x is after x[index] = value; a variable changes, a tensor does not
    if isinstance(x, (list, dict)):
        x[index] = value
        return x
    places = numpy.arange(tf.size(x)).reshape(x.shape)[index]
    values = tf.reshape(tf.broadcast_to(tf.cast(value, x.dtype), places.shape), [-1])
    new = tf.tensor_scatter_nd_update(tf.reshape(x, [-1]), places.reshape(-1, 1), values)
    new = tf.reshape(new, x.shape)
    return x.assign(new) if isinstance(x, tf.Variable) else new


""",
}
#: functions with other names in NumPy
_NAMES = {"cat": "concatenate", "mm": "matmul", "chunk": "split", "amax": "max", "amin": "min"}
_NAMES |= {"clamp": "clip"}
_KEYWORDS = {"dim": "axis", "keepdim": "keepdims"}
#: methods with other names
_METHODS = {"amax": "max", "amin": "min", "mm": "__matmul__", "t": "transpose", "to": "astype"}
_METHODS |= {"view": "reshape", "flatten": "ravel", "permute": "transpose", "clamp": "clip"}
#: methods that give a dtype
_DTYPES = {"double": "float64", "float": "float32", "long": "int64", "int": "int32"}
#: methods that TensorFlow's arrays of NumPy have as functions only
_FUNCTIONS = {"sum", "mean", "max", "min", "exp", "log", "sqrt", "abs", "square", "prod", "argmax"}
_FUNCTIONS |= {"argmin", "cumsum", "squeeze", "var", "std", "dot", "repeat", "swapaxes", "any"}
_FUNCTIONS |= {"all", "tanh", "clip", "transpose", "reshape", "ravel"}
_UPDATES: dict[type[ast.operator], str] = {ast.Add: "add", ast.Mult: "multiply", ast.Div: "divide"}


class CannotBeTranslated(Exception):
    """Code that has no counterpart here."""


class ToJax(ast.NodeTransformer):
    """Rewrites code that was written with ``np`` or ``torch``."""

    library = "jnp"
    #: functions of other modules
    elsewhere: ClassVar[dict[str, str]] = {
        "sigmoid": "jax.nn.sigmoid",
        "rsqrt": "jax.lax.rsqrt",
        "softmax": "jax.nn.softmax",
    }

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Rename what is in the library; methods stay."""
        if isinstance(node.value, ast.Name) and node.value.id in ("np", "torch"):
            name = f"{self.library}.{_NAMES.get(node.attr, node.attr)}"
            return _expression(self.elsewhere.get(node.attr, name))
        self.generic_visit(node)
        node.attr = _METHODS.get(node.attr, node.attr)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Rename keywords, leave out devices, and draw with keys."""
        drawn = self._drawn(node)
        if drawn is not None:
            return drawn
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if owner not in ("np", "torch", "F") and (text := self._method(node, owner, method)):
            return self.visit(_expression(text))
        self.generic_visit(node)
        node.keywords = [k for k in node.keywords if k.arg not in ("device", "requires_grad")]
        for keyword in node.keywords:
            keyword.arg = _KEYWORDS.get(keyword.arg or "", keyword.arg)
        name = ast.unparse(node.func)
        makes = (f"{self.library}.zeros", f"{self.library}.ones")
        if name in makes and len(node.args) > 1:
            node.args = [ast.Tuple(node.args, ast.Load())]
        if name.endswith((".clone", ".detach", ".numpy", ".contiguous")):
            return node.func.value  # type: ignore[attr-defined]
        return node

    def _method(self, node: ast.Call, owner: str, method: str) -> str:
        """Return a call of PyTorch's method that NumPy has not, as NumPy writes it; or nothing."""
        given = [ast.unparse(argument) for argument in (*node.args, *node.keywords)]
        match method, given:
            case "chunk", [number, *rest]:
                return f"torch.chunk({', '.join([owner, number, *rest])})"
            case ("transpose", [first, second]) if "(" not in first + second:
                return f"np.swapaxes({owner}, {first}, {second})"
            case "masked_fill", [mask, value]:
                return f"np.where({mask}, {value}, {owner})"
            case "unsqueeze", [axis]:
                return f"np.expand_dims({owner}, {axis})"
            case "numel", []:
                return f"{owner}.size"
            case "item", []:
                return f"float({owner})"
            case "flatten", ["0", "1"]:
                return f"{owner}.reshape(-1, *{owner}.shape[2:])"
            case (("double" | "float" | "long" | "int"), []):
                return f"{owner}.astype(np.{_DTYPES[method]})"
            case (("sum" | "mean" | "amax"), [axis, keep]) if "=" not in axis + keep:
                return f"{owner}.{method}({axis}, keepdim={keep})"
        return ""

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
        return _expression(text)

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
        index = _index(target)
        index = (
            "jnp.arange(len(y)), y"
            if index.startswith(("range(len(y))", "(range(len(y))"))
            else index
        )
        return ast.parse(f"{name} = {name}.at[{index}].{method}({ast.unparse(value)})").body[0]

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """A ``range`` is no index in JAX."""
        self.generic_visit(node)
        text = _index(node)
        if "range(" in text and "arange(" not in text:
            index = text.replace("range(", f"{self.library}.arange(")
            return _expression(f"{ast.unparse(node.value)}[{index}]")
        return node

    def visit_With(self, node: ast.With) -> ast.AST | list[ast.stmt]:
        """Nothing is recorded that must not be."""
        self.generic_visit(node)
        return node.body if "no_grad" in ast.unparse(node.items[0]) else node

    def visit_Import(self, node: ast.Import) -> ast.Import | None:
        """The two libraries are not imported; another is at the top."""
        return None if {one.name for one in node.names} & {"numpy", "torch"} else node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom | None:
        """Likewise."""
        return None if (node.module or "").startswith(("numpy", "torch")) else node


class ToTensorFlow(ToJax):
    """Likewise, with TensorFlow's functions of the names that NumPy's have."""

    library = "tnp"
    elsewhere: ClassVar[dict[str, str]] = {
        "sigmoid": "tf.sigmoid",
        "rsqrt": "tf.math.rsqrt",
        "softmax": "tf.nn.softmax",
        "linalg": "tf.linalg",
    }

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Each function names the library, so that its operators are those of NumPy, too."""
        self.generic_visit(node)
        node.body = [ast.Expr(_expression("tnp")), *node.body]
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """A transpose is a function, too."""
        new = super().visit_Attribute(node)
        if isinstance(new, ast.Attribute) and new.attr == "T":
            return ast.Call(_expression("tnp.transpose"), [new.value], [])
        return new

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Make functions of methods, too."""
        call = super().visit_Call(node)
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            return call
        owner = ast.unparse(call.func.value)
        if call.func.attr == "astype":
            return ast.Call(_expression("tnp.asarray"), [call.func.value, *call.args], [])
        if call.func.attr not in _FUNCTIONS or owner in ("tnp", "tf", "tf.linalg", "tf.nn"):
            return call
        if call.func.attr in ("transpose", "reshape") and len(call.args) > 1:
            call.args = [ast.Tuple(call.args, ast.Load())]
        return ast.Call(
            _expression(f"tnp.{call.func.attr}"), [call.func.value, *call.args], call.keywords
        )

    def _drawn(self, node: ast.Call) -> ast.AST | None:
        drawn = super()._drawn(node)
        if drawn is None:
            return None
        text = ast.unparse(drawn).replace("jax.random.", "tf.random.").replace("new_key(), ", "")
        if text.startswith("tf.random.permutation"):
            return _expression(f"tf.random.shuffle(tf.range({text.partition('(')[2]})")
        kind, _, given = text.partition("(")
        shape, _, dtype = given.removesuffix(")").rpartition(", ")
        return _expression(f"{kind}({shape}, dtype={dtype if dtype != 'None' else 'tf.float32'})")

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        """``x += y`` and ``x[i] += y`` change a variable; of a tensor they make a new one."""
        self.generic_visit(node)
        value = ast.BinOp(_expression(ast.unparse(node.target)), node.op, node.value)
        if isinstance(node.target, ast.Subscript):
            return self._updated(node.target, "set", value)
        name = ast.unparse(node.target)
        text = f"{name} = changed({name}, {ast.unparse(value)}) if isinstance({name}, tf.Variable)"
        return ast.parse(f"{text} else {ast.unparse(value)}").body[0]

    def _updated(self, target: ast.Subscript, method: str, value: ast.expr) -> ast.AST:
        name, index = ast.unparse(target.value), _index(target)
        if not name.isidentifier():
            raise CannotBeTranslated(ast.unparse(target))
        text = f"{name} = changed({name}, {ast.unparse(value)}, numpy.s_[{index}])"
        return ast.parse(text).body[0]


LANGUAGES: dict[str, type[ToJax]] = {"jax": ToJax, "tensorflow": ToTensorFlow}


def _index(node: ast.Subscript) -> str:
    """Return what stands between the brackets, where a tuple with slices has no parentheses."""
    return ast.unparse(ast.Subscript(ast.Name("x"), node.slice, ast.Load()))[2:-1]


def _expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def rewritten(text: str, framework: str, exercise: str = "") -> str:
    """Return *text* rewritten for *framework*; raises CannotBeTranslated.

    If *exercise* is named, other functions that cannot be rewritten are left out.
    """
    visitor, tree = LANGUAGES[framework](), ast.parse(text)
    kept: list[ast.stmt] = []
    for node in tree.body:
        try:
            new = visitor.visit(node)
        except CannotBeTranslated:
            if not exercise or getattr(node, "name", "") in ("", exercise):
                raise
        else:
            kept += [] if new is None else [new]
    whole = ast.Module(kept, type_ignores=[])
    return HEADS[framework] + ast.unparse(ast.fix_missing_locations(whole))
