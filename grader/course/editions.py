"""What differs between the starters of frameworks: imports, types, words.

An assignment has one source, in the framework of its reference. Its starters in other frameworks
follow from it: where it imports its own framework, they import theirs; where it says *array* or
*tensor*, they say what their framework says; and where code differs in more than that, the source
has cells of its own for it (``framework="tensorflow"``). What is then left of another framework in
a starter is found before anybody runs it.
"""

from __future__ import annotations

import ast
import builtins
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..exercise import Text
from ..worker.adapters import INSTALLED_BY
from .source import Cell

_TENSOR = Text("tensor", "张量")
_ARRAY = Text("array", "数组")


@dataclass(frozen=True, slots=True)
class Edition:
    """What the starters of one framework have that others do not.

    Attributes:
        title: the name of the framework, for people.

        noun: what it calls an array.

        array_type: the type of an array in annotations.

        imports: what a starter imports.

        packages: what is imported that belongs to it.

        extra: what is installed with gradproof, as pip writes it; empty for nothing.

        more: what else installs it, a command each.

        late: whether it can only be imported below gradproof.
    """

    title: str
    noun: Text
    array_type: str
    imports: str
    packages: tuple[str, ...]
    extra: str = ""
    more: tuple[str, ...] = ()
    late: bool = False

    @property
    def requirement(self) -> str:
        """What pip installs: gradproof, with the framework if that can be said."""
        return f"gradproof[{self.extra}]" if self.extra else "gradproof"

    def installed_by(self, said: str) -> str:
        """Return the command that installs gradproof.

        Args:
            said: what the course says, with ``{package}`` for :attr:`requirement`; may be empty.
        """
        return (said or 'pip install "{package}"').replace("{package}", self.requirement)


EDITIONS = {
    "numpy": Edition("NumPy", _ARRAY, "np.ndarray", "import numpy as np", ("numpy",)),
    "torch": Edition(
        "PyTorch",
        _TENSOR,
        "torch.Tensor",
        "import torch",
        ("torch", "torchvision", "torchaudio"),
        "torch",
    ),
    "tensorflow": Edition(
        "TensorFlow",
        _TENSOR,
        "tf.Tensor",
        "import tensorflow as tf",
        ("tensorflow", "keras"),
        "tensorflow",
    ),
    "jax": Edition(
        "JAX",
        _ARRAY,
        "jax.Array",
        "import jax\nimport jax.numpy as jnp\nimport numpy as np",
        ("jax", "flax", "optax"),
        "jax",
    ),
    "mxnet": Edition(
        "MXNet",
        _ARRAY,
        "np.ndarray",
        "from mxnet import autograd, np, npx\n\nnpx.set_np()",
        ("mxnet",),
        more=INSTALLED_BY["mxnet"],
        late=True,
    ),
}

#: code and formulas, in which words mean something else
_VERBATIM = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
# "a NumPy array" stays one.
_ENGLISH = re.compile(
    "".join(rf"(?<!{edition.title}\s)" for edition in EDITIONS.values())
    + r"\b(?:(?P<article>an?)(?P<space>\s+))?(?P<noun>array|tensor)(?P<plural>s?)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    "".join(f"(?<!{edition.title})" for edition in EDITIONS.values()) + "(?:数组|张量)"
)
#: what notebooks define beside Python's own
_KNOWN = {*dir(builtins), "__file__", "__name__", "display", "get_ipython"}


def in_edition(cells: Iterable[Cell], own: str, framework: str) -> Iterator[Cell]:
    """Yield *cells*, of a source whose reference is in *own*, as starters of *framework* have them.

    Args:
        cells: those for *framework*.
    """
    edition = EDITIONS[framework]
    waiting = edition.imports
    for cell in cells:
        text = cell.text
        if cell.kind == "markdown":
            yield replace(cell, text=_in_words(text, edition))
            continue
        # What was written for this framework alone says itself what it needs.
        if framework != own and (not cell.frameworks or own in cell.frameworks):
            if not cell.exercise:
                text, done = _with_imports(text, EDITIONS[own], waiting, bool(cell.story))
                waiting = "" if done else waiting
            theirs = re.escape(EDITIONS[own].array_type)
            text = re.sub(rf"\b{theirs}\b", edition.array_type, text)
        if text.strip():
            yield replace(cell, text=_in_words_of_code(text, edition))


def unbound(texts: Sequence[str]) -> list[tuple[int, str]]:
    """Return the names in *texts*, the code of one starter, that nothing in it defines.

    Each comes with the index of its text. There are none if it imports everything of a module.
    """
    trees = [ast.parse(text) for text in texts]
    known = set(_KNOWN)
    for node in (node for tree in trees for node in ast.walk(tree)):
        known.update(bound_by(node))
    if "*" in known:
        return []
    used = [(n, node) for n, tree in enumerate(trees) for node in ast.walk(tree)]
    names = [(n, node.id) for n, node in used if isinstance(node, ast.Name)]
    return list(dict.fromkeys((n, name) for n, name in names if name not in known))


def bound_by(node: ast.AST) -> Iterator[str]:
    """Yield the names that *node* itself binds, wherever that may be."""
    match node:
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.alias(name=name, asname=other):
            yield other or name.partition(".")[0]
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            yield name
        case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name


def _with_imports(text: str, own: Edition, imports: str, is_story: bool) -> tuple[str, bool]:
    """Return given code with *imports* for those of *own*, and whether there are any.

    NumPy comes with every framework, and plots are drawn from its arrays: in a story, ``import
    numpy`` is no import of a framework.
    """
    body = ast.parse(text).body
    plain = [n for n in body if is_story and ast.unparse(n) == "import numpy"]
    found = [(node, _others(node, own)) for node in body if node not in plain]
    changed = [(node, others) for node, others in found if others is not None]
    lines = text.split("\n")
    for node, others in reversed(changed):
        new = [imports] if imports and node is changed[0][0] else []
        lines[node.lineno - 1 : node.end_lineno] = new + others
    return "\n".join(lines).strip("\n"), bool(changed)


def _others(node: ast.stmt, own: Edition) -> list[str] | None:
    """Return what is left of an import without that of *own*; None if it imports nothing of it."""
    if isinstance(node, ast.ImportFrom):
        ours = not node.level and (node.module or "").partition(".")[0] in own.packages
        return [] if ours else None
    if not isinstance(node, ast.Import):
        return None
    kept = [alias for alias in node.names if alias.name.partition(".")[0] not in own.packages]
    if len(kept) == len(node.names):
        return None
    return [ast.unparse(ast.Import(kept))] if kept else []


def _in_words(text: str, edition: Edition) -> str:
    """Return Markdown in which arrays are called as in *edition*."""
    pieces, end = [], 0
    for verbatim in _VERBATIM.finditer(text):
        pieces += [_named(text[end : verbatim.start()], edition), verbatim[0]]
        end = verbatim.end()
    return "".join([*pieces, _named(text[end:], edition)])


def _named(text: str, edition: Edition) -> str:
    def english(found: re.Match[str]) -> str:
        noun = edition.noun.en + found["plural"]
        noun = noun.capitalize() if found["noun"][0].isupper() else noun
        if not found["article"]:
            return noun
        article = "an" if noun[0] in "aA" else "a"
        article = article.capitalize() if found["article"][0].isupper() else article
        return f"{article}{found['space']}{noun}"

    return _CHINESE.sub(edition.noun.zh, _ENGLISH.sub(english, text))


def _in_words_of_code(text: str, edition: Edition) -> str:
    """Return code in whose comments and docstrings arrays are called as in *edition*."""
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    pieces, end = [], 0
    for token in _prose(text):
        start = starts[token.start[0] - 1] + token.start[1]
        pieces += [text[end:start], _in_words(token.string, edition)]
        end = start + len(token.string)
    return "".join([*pieces, text[end:]])


def _prose(text: str) -> Iterator[tokenize.TokenInfo]:
    """Yield the comments of *text*, and the strings that are statements."""
    begins = True
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and begins):
            yield token
        if token.type not in (tokenize.COMMENT, tokenize.NL):
            begins = token.type in (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
