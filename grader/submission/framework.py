"""Determine a submission's framework and libraries from its code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from ..exercise import FRAMEWORKS, Chunk, Submission
from ..worker.library_imports import COMPILER, NEEDS_COMPILER, QUIET

#: files beside the work, a name and content each
Files = Iterable[tuple[str, bytes]]

#: what else is imported for a framework
_PART_OF = {"keras": "tensorflow", "tf_keras": "tensorflow"}
#: frameworks that a submission in another one may import, too, for a part of its work
_IMPORTED_TOO = frozenset(["torch", "tensorflow", "jax"])
_MARKER = re.compile(r"^[ \t]*#[ \t]*framework[ \t]*:[ \t]*(\w+)[ \t]*$", re.I | re.M)
_IMPORT = re.compile(
    r"^[ \t]*(?:import[ \t]+(?P<modules>[^\n#;]+)"
    r"|from[ \t]+(?P<package>[\w.]+)[ \t]+import[ \t]+(?P<names>[^\n#;]+))",
    re.M,
)
_WORD = re.compile(r"\w+")
_DEF = re.compile(r"^[ \t]*(?:def|class)[ \t]", re.M)


def libraries(submissions: Iterable[Submission]) -> list[str]:
    """Return what a zygote for *submissions* is to import beforehand, also for their own modules.

    Libraries that are missed are imported by each worker, which takes seconds.
    """
    found: set[str] = set()
    for submission in (part for whole in submissions for part in whole.parts):
        found.add(submission.framework)
        for text in _texts(submission):
            if submission.framework == "torch" and NEEDS_COMPILER.search(text):
                found.add(COMPILER)
            modules = [module for s in _IMPORT.finditer(text) for module, _name in _modules(s)]
            found.update(module for module in modules if module.partition(".")[0] in QUIET)
            found |= _IMPORTED_TOO.intersection(map(_framework_of, modules))
    return sorted(found)


def _texts(submission: Submission) -> Iterator[str]:
    """Yield the code of *submission*, and of the modules beside it."""
    yield from (chunk.text for chunk in submission.chunks)
    for name, text in submission.files:
        if name.endswith(".py"):
            yield text.decode("utf-8", "replace")


def marked(chunks: Iterable[Chunk]) -> str | None:
    """Return the framework in the first valid ``# framework: …`` line, if any."""
    for chunk in chunks:
        for marker in _MARKER.finditer(chunk.text):
            if marker[1].lower() in FRAMEWORKS:
                return marker[1].lower()
    return None


def imported(
    chunks: Iterable[Chunk], usual: str = "numpy", files: Callable[[], Files] = tuple
) -> str:
    """Return the framework of a submission according to its imports.

    With several imports, the first of these rules decides: frameworks used in functions before
    those used only elsewhere; *usual*, unless it is NumPy; the one used most; the first import
    other than NumPy. Without imports, those of the modules that it imports from *files* decide,
    as a name and content each. Without any, it is NumPy. ``from d2l import torch`` counts as torch.
    """
    chunks = tuple(chunks)
    if not any(_IMPORT.search(chunk.text) for chunk in chunks):
        return "numpy"
    known = _frameworks(chunks)
    modules = () if known else tuple(files())
    while not known and (names := modules_imported(chunks, (name for name, _text in modules))):
        found = [file for file in modules if file[0] in names]
        chunks = tuple(Chunk(name, text.decode("utf-8", "replace")) for name, text in found)
        modules = tuple(file for file in modules if file not in found)
        known = _frameworks(chunks)
    return _preferred(chunks, known, usual)


def _frameworks(chunks: Iterable[Chunk]) -> dict[str, str]:
    """Return the frameworks that are imported, by their names in the code."""
    known: dict[str, str] = {}
    for chunk in chunks:
        for statement in _IMPORT.finditer(chunk.text):
            for module, name in _modules(statement):
                root = _framework_of(module)
                if root in FRAMEWORKS:
                    known[name] = root
    return known


def _framework_of(module: str) -> str:
    """Return the framework that *module* is a part of; any other name as it is."""
    root = module.removeprefix("d2l.").partition(".")[0]
    return _PART_OF.get(root, root)


def modules_imported(chunks: Iterable[Chunk], names: Iterable[str]) -> set[str]:
    """Return the paths among *names* of the modules that *chunks* import, wherever they lie."""
    statements = [s for chunk in chunks for s in _IMPORT.finditer(chunk.text)]
    modules = [module.strip(".") for s in statements for module, _name in _modules(s)]
    asked = {tuple(module.split(".")) for module in modules}
    if not asked:
        return set()
    begun = {parts[:end] for parts in asked for end in range(1, len(parts) + 1)}
    lasts = {parts[-1] for parts in begun}

    def is_imported(name: str) -> bool:
        parts = name.removesuffix(".py").removesuffix("/__init__").split("/")
        # first what is quick: there may be thousands of modules
        return parts[-1] in lasts and any(
            tuple(parts[start:]) in begun for start in range(len(parts))
        )

    return {name for name in names if name.endswith(".py") and is_imported(name)}


def _preferred(chunks: Iterable[Chunk], known: Mapping[str, str], usual: str) -> str:
    """Return the framework that decides among those in *known*; see :func:`imported`."""
    found = dict.fromkeys(known.values(), 0)
    for chunk in chunks if len(found) > 1 else ():
        if _DEF.search(chunk.text):
            for word in _WORD.finditer(_IMPORT.sub("", chunk.text)):
                if word[0] in known:
                    found[known[word[0]]] += 1

    def preference(framework: str) -> tuple[bool, bool, int, bool]:
        is_numpy = framework == "numpy"
        used = found[framework]
        return used > 0, framework == usual and not is_numpy, used, not is_numpy

    return max(found, key=preference, default="numpy")


def _modules(statement: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Yield the modules in an import statement, each with its name in the code."""
    if statement["modules"]:
        names, prefix = statement["modules"], ""
    elif statement["package"] == "d2l":
        names, prefix = statement["names"].strip("( \t"), "d2l."
    else:
        names, prefix = statement["names"].strip("( \t"), statement["package"] + "."
    for name in names.split(","):
        words = name.strip(") \t").split()
        if words:
            yield prefix + words[0], words[-1].partition(".")[0]
