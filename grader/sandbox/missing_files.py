"""What a submission needs and what is not there: a library, a module of its own, a data file.

Names of what is missing come from a worker, which may say anything, and sentences about it are
shown for hidden checks, too. So only what the learner's code contains is repeated.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from grader.exercise import Chunk
from grader.language import _
from grader.worker.local_modules import PACKAGE

from .library_names import KNOWN, LOCAL

#: a path that begins at the root of one machine, or at somebody's home
_ABSOLUTE = re.compile(r"[A-Za-z]:|[\\/~]")


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a learner submitted.

    Attributes:
        texts: the code of all its files.

        names: the paths of the files beside the main one, from where its code runs.
    """

    texts: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(
        cls, chunks: Iterable[Chunk], files: Sequence[tuple[str, bytes]], folder: str
    ) -> Submitted:
        """Return what *chunks* and *files* contain; the code runs in *folder* of the files."""
        texts = [chunk.text for chunk in chunks]
        texts += [data.decode("utf-8", "replace") for name, data in files if name.endswith(".py")]
        names = (posixpath.relpath(name, folder or ".") for name, _data in files)
        return cls(tuple(texts), tuple(names))

    def quotes(self, words: str) -> bool:
        """Whether a string in the code ends in *words*."""
        endings = [f"{said}{end}" for said in (words, words.replace("\\", "\\\\")) for end in "'\""]
        return any(ending in text for text in self.texts for ending in endings)

    def called(self, name: str) -> list[str]:
        """Return the paths of the files called *name* in whatever letter case."""
        found = [path for path in self.names if posixpath.basename(path).lower() == name.lower()]
        return sorted(found, key=lambda path: (path.count("/"), path))


def missing_module(module: str, submitted: Submitted) -> tuple[str, str]:
    """Return the library that *module* is, or may be, of, and the sentence for the learner.

    The library is empty if the module is the learner's own, or if their code does not contain it.
    Both are empty if no module is missing.
    """
    own = module.startswith(f"{PACKAGE}.")
    name = module.rpartition(".")[2] if own else module.partition(".")[0]
    if not name:
        return "", ""
    if not name.isidentifier() or not re.search(rf"\b{name}\b", "\n".join(submitted.texts)):
        return "", _(
            "This library is not installed on the machine that grades your work; do not use it."
        )
    if not own and (name in KNOWN or name in sys.stdlib_module_names):
        text = _(
            "The library {library} is not installed on the machine that grades your work; do not "
            "use it."
        )
        return name, text.format(library=name)
    file = _file_of(name, submitted)
    last = posixpath.basename(file)
    modules = [path.rpartition("/")[2] for path in submitted.names if path.endswith(".py")]
    stems = [module.removesuffix(".py").lower() for module in modules]
    close = get_close_matches(last.removesuffix(".py").lower(), stems, 1, 0.85)
    if there := modules[stems.index(close[0])] if close else "":
        text = _(
            "Your submission has {there}, but your code imports {file}: write the same name, also "
            "in letter case."
        )
        return "", text.format(there=there, file=last)
    text = _("{file} is missing from your submission: submit it together with your code.")
    said = text.format(file=file)
    if own or name.lower() in LOCAL or submitted.quotes(last):
        return "", said
    text = _("If {name} is a library: it is not installed on the machine that grades your work.")
    return name, f"{said} {text.format(name=name)}"


def _file_of(module: str, submitted: Submitted) -> str:
    """Return the file that *module* should be, or the first module that the code imports of it."""
    pattern = rf"\b(?:from|import)\s+\.*({re.escape(module)}(?:\.\w+)*)\b"
    found = next((f[1] for text in submitted.texts for f in re.finditer(pattern, text)), module)
    return found.replace(".", "/") + ".py"


def missing_file(path: str, submitted: Submitted) -> str:
    """Return the sentence for the learner whose code misses the file at *path*; empty if none."""
    name = re.split(r"[\\/]", path.rstrip("\\/"))[-1]
    if not name or not submitted.quotes(name):
        return ""
    shown = path if submitted.quotes(path) else name
    there = next(iter(submitted.called(name)), "")
    if not there and _ABSOLUTE.match(path):
        text = _(
            "The path {path} is that of one machine. Submit {name} together with your code, and "
            'write "{name}".'
        )
        return text.format(path=shown, name=name)
    if not there:
        text = _("{path} is missing from your submission: submit it together with your code.")
        return text.format(path=shown)
    if _ABSOLUTE.match(path):
        text = _('The path {path} is that of one machine: write "{there}".')
    elif "\\" in path:
        text = _('Only Windows has backslashes in paths, as in {path}: write "{there}".')
    elif posixpath.normpath(path).lower() == there.lower():
        text = _('There is no {path}, since letter case counts: write "{there}".')
    else:
        text = _('There is no {path} in your submission: write "{there}".')
    return text.format(path=shown, there=there)
