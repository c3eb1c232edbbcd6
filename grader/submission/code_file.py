"""A code file of a submission: its code, and what it needs of the other files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..errors import SubmissionError
from ..exercise import Chunk
from ..language import _
from . import magics, notebook, percent_cells
from .files import MAX_FILE, MIB, NOTEBOOK, Item, most_bytes, too_large
from .learner_names import shown
from .source_text import decode

#: Most bytes of all files except the main one.
MAX_OTHER_FILES = 16 * MIB
#: libraries with which a notebook imports another one as a module
_IMPORTS_NOTEBOOKS = re.compile(r"\b(?:import_ipynb|nbimporter)\b")


@dataclass(frozen=True, slots=True)
class _Content:
    """What a file holds: code, modules that it writes, names of files that it runs."""

    data: bytes
    chunks: tuple[Chunk, ...]
    written: Mapping[str, bytes]
    names: Sequence[str]


class CodeFile:
    """A file with code, read when needed and once.

    Args:
        item: with its path in the submission.

        others: returns the other files of the submission; called when needed.
    """

    def __init__(self, item: Item, others: Callable[[], Sequence[Item]]) -> None:
        self.item = item
        self._others = others

    @property
    def name(self) -> str:
        """Its path in the submission."""
        return self.item.name

    @property
    def folder(self) -> str:
        """The folder that it lies in; empty at the top."""
        return "/".join(self.item.parts[:-1])

    @cached_property
    def as_module(self) -> str:
        """Its path as that of a script: a notebook is imported like one."""
        return posixpath.join(self.folder, f"{self.item.stem}.py")

    @property
    def is_called_notebook(self) -> bool:
        """Whether its name is that of a notebook."""
        return _is_called_notebook(self.item)

    @property
    def data(self) -> bytes:
        """Its bytes; raises SubmissionError."""
        return self._content.data

    @cached_property
    def run(self) -> tuple[tuple[str, bytes], ...]:
        """The files that it runs with ``%run``, once each; raises SubmissionError."""
        names = self._content.names
        if not names:
            return ()
        return tuple(_run(names, self.folder, self._others(), self._written))

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """Its code, below that of the files that it runs; raises SubmissionError."""
        run = tuple(chunk for file in self.run for chunk in _included(*file))
        return run + self._content.chunks

    def files(self) -> tuple[tuple[str, bytes], ...]:
        """Read what comes with it: all helper modules, and small data files while they fit.

        Modules that the notebook writes are included and replace files of the same name. Raises
        SubmissionError if the modules do not fit.
        """
        others = self._others()
        imported = _imported_notebooks(self._content.chunks, others)
        return _read_others(others, imported | self._written)

    def written(self) -> tuple[tuple[str, bytes], ...]:
        """Return the modules that the notebook writes; raises SubmissionError."""
        return tuple(sorted(self._written.items()))

    @property
    def _written(self) -> dict[str, bytes]:
        written = self._content.written
        return {posixpath.join(self.folder, name): code for name, code in written.items()}

    @cached_property
    def _content(self) -> _Content:
        data = self.item.read(most_bytes(self.item.name))
        return _Content(data, *_chunks(self.item.parts[-1], data))


def _is_called_notebook(item: Item) -> bool:
    return item.name.lower().endswith(NOTEBOOK)


def _read_others(
    others: Sequence[Item], written: Mapping[str, bytes]
) -> tuple[tuple[str, bytes], ...]:
    """Read *others*: all helper modules, and small data files while they fit.

    Modules that the notebook writes are included and replace files of the same name.
    """
    others = [item for item in others if item.name not in written]
    helpers = [item for item in others if item.name.lower().endswith(".py")]
    room = MAX_OTHER_FILES - sum(map(len, written.values()))
    if sum(item.size for item in helpers) > room:
        raise SubmissionError(
            _(
                "the total size of the .py files in the folder is over {limit} MiB; submit less."
            ).format(limit=MAX_OTHER_FILES // MIB)
        )
    data = [item for item in others if not item.is_code]
    files = list(written.items())
    for item in [*helpers, *sorted(data, key=lambda item: (item.size, item.name))]:
        if item.size > room:
            break
        content = item.read(room)
        files.append((item.name, content))
        room -= len(content)
    return tuple(sorted(files))


def _imported_notebooks(chunks: Sequence[Chunk], others: Sequence[Item]) -> dict[str, bytes]:
    """Return as modules the notebooks that *chunks* import with one of the libraries for that."""
    text = "\n".join(chunk.text for chunk in chunks)
    found: dict[str, bytes] = {}
    if not _IMPORTS_NOTEBOOKS.search(text):
        return found
    names = {item.name for item in others}
    for item in filter(_is_called_notebook, others):
        name = posixpath.join(*item.parts[:-1], f"{item.stem}.py")
        if name not in names and re.search(rf"\b{re.escape(item.stem)}\b", text):
            code = _included(item.name, item.read(most_bytes(item.name)))
            found[name] = "\n\n".join(chunk.text for chunk in code).encode("utf-8", "replace")
    return found


def _run(
    names: Sequence[str], folder: str, others: Sequence[Item], written: Mapping[str, bytes]
) -> list[tuple[str, bytes]]:
    """Return the existing files in *names*, with or without extension, once each.

    Args:
        folder: what the names are relative to.
    """
    items = {item.name: item for item in others if item.is_code and item.name not in written}
    found: dict[str, bytes] = {}
    room = MAX_OTHER_FILES
    for wanted in names:
        wanted = posixpath.normpath(posixpath.join(folder, wanted))
        spelled = (wanted + ending for ending in ("", ".py", ".ipynb"))
        name = next((name for name in spelled if name in written or name in items), "")
        if not name or name in found or (name in items and items[name].size > room):
            continue
        found[name] = items[name].read(room) if name in items else written[name]
        room -= len(found[name])
    return list(found.items())


def _included(name: str, data: bytes) -> tuple[Chunk, ...]:
    """Return the code of a file that the main one runs; empty if it contains none."""
    try:
        chunks = _chunks(name, data)[0]
    except SubmissionError:
        return ()
    name = shown(name)
    return tuple(c if c.label == name else replace(c, label=f"{name}, {c.label}") for c in chunks)


def _chunks(name: str, data: bytes) -> tuple[tuple[Chunk, ...], dict[str, bytes], list[str]]:
    """Return the code in the file *name*, the modules it writes, and the files it runs."""
    text = decode(data)
    if not text.strip():
        raise SubmissionError(_("the file is empty; save your work and submit it again."))
    written: dict[str, bytes] = {}
    if notebook.is_notebook(text, name):
        chunks, written = notebook.chunks(text), notebook.modules(text)
        names = notebook.files_run(text)
    elif len(data) > MAX_FILE:
        raise too_large(name, len(data), MAX_FILE)
    else:
        chunks, names = percent_cells.chunks(text, shown(name)), magics.files_run(text)
    if not chunks:
        raise SubmissionError(_("the file contains no code, only empty cells; did you save it?"))
    return chunks, written, names
