"""Read a submission without running it.

In a folder, the main file has the assignment's name or is the only notebook. Helper modules and
small data files in the folder are included; links and hidden files are not.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..errors import SubmissionError, UsageError
from ..exercise import FRAMEWORKS, RECOGNISED_FRAMEWORKS, Chunk, Submission
from ..language import _
from . import framework as frameworks
from . import magics, notebook, percent_cells
from .digest import digest
from .files import (
    MAX_FILE,
    MAX_FILES,
    MIB,
    NOTEBOOK,
    Item,
    is_code,
    list_folder,
    most_bytes,
    read_regular,
    too_large,
)
from .learner_names import holds_name_of, is_copy_of, shown
from .source_text import decode

#: Most bytes of all files except the main one.
MAX_OTHER_FILES = 16 * MIB
#: libraries with which a notebook imports another one as a module
_IMPORTS_NOTEBOOKS = re.compile(r"\b(?:import_ipynb|nbimporter)\b")


def read_submission(
    path: Path,
    assignment: str,
    framework: str | None = None,
    usual: str = "numpy",
    at_desk: bool = False,
) -> Submission:
    """Read the ``.py`` file, ``.ipynb`` file or folder at *path* as a submission for *assignment*.

    The framework is, in this order, that of a ``# framework: torch`` line, *framework*, or that of
    the imports; *usual* is the most common one for the assignment. Helper modules must fit into
    16 MiB; data files are included from small to large while they fit. Code run with ``%run`` is
    placed before the submission's own code. A single file comes without other files of its folder,
    which may belong to others; but *at_desk*, it may run them.

    Raises SubmissionError with a message for the learner, UsageError if *path* does not exist.
    """
    if framework is not None and framework not in RECOGNISED_FRAMEWORKS:
        raise UsageError(
            _("There is no framework {name}; choose one of {known}.").format(
                name=framework, known=", ".join(FRAMEWORKS)
            )
        )
    name = shown(path.name or path.resolve().name)
    where = "" if path.is_dir() else name
    try:
        main = main_files(path, assignment)[0]
        where = shown(main.name)
        data = read_regular(main)
        chunks, written, names = _chunks(main.name, data)
        root = path if path.is_dir() else path.parent
        folder = "" if main == path else _folder(root, main)
        others = [] if main == path and not (at_desk and names) else _others(root, main)
        written = {posixpath.join(folder, name): code for name, code in written.items()}
        imported = _imported_notebooks(chunks, others) if main != path else {}
        beside = _read_others([] if main == path else others, imported | written)
        run = _run(names, folder, others, written)
    except SubmissionError as error:
        text = _("{file}: {reason}").format(file=where, reason=error) if where else str(error)
        raise SubmissionError(text) from None
    except OSError as error:
        raise UsageError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from None
    chunks = tuple(chunk for file in run for chunk in _included(*file)) + chunks
    return Submission(
        name=name,
        chunks=chunks,
        framework=frameworks.marked(chunks) or framework or frameworks.imported(chunks, usual),
        digest=digest(dict([(main.name, data), *beside, *run]).items()),
        files=beside,
        folder=folder,
    )


def main_files(path: Path, assignment: str) -> tuple[Path, ...]:
    """Return the files at *path* that could be the main one; the first one is read.

    If several have the name of *assignment* (for example, a ``.py`` and an ``.ipynb``), they are
    sorted by date, latest first. Raises SubmissionError, UsageError.
    """
    if path.is_symlink():
        raise SubmissionError(
            _("this is a link; name its target instead: {target}.").format(target=path.resolve())
        )
    if path.is_dir():
        return _main_in(path, assignment)
    if not path.exists():
        raise UsageError(_("There is no file or folder {path}.").format(path=path))
    if not is_code(path.name):
        raise SubmissionError(_("only .py and .ipynb files can be read; submit one of those."))
    return (path,)


def _main_in(folder: Path, assignment: str) -> tuple[Path, ...]:
    """Search *folder* and then its subfolders, level by level, until there is code."""
    items = [item for item in _visible(folder) if item.is_code]
    if not items:
        raise SubmissionError(
            _(
                "there is no .py or .ipynb file in the folder; submit {name}.py or {name}.ipynb."
            ).format(name=assignment)
        )
    depth = min(len(item.parts) for item in items)
    found = [item for item in items if len(item.parts) == depth]
    main = sorted(_candidates(found, assignment), key=_preference, reverse=True)
    if not main:
        raise SubmissionError(
            _("cannot tell which file to read among {found}; name the right one {name}.py.").format(
                found=_listed(found), name=assignment
            )
        )
    return tuple(folder.joinpath(*item.parts) for item in main)


def _candidates(found: list[Item], assignment: str) -> list[Item]:
    """Return the files in *found* that could be the main one; none if it is not clear.

    In this order: files with the assignment's name; with that name apart from a copy mark or
    separators; the only notebook, or the only script if there is no notebook; the only file whose
    name contains the assignment's.
    """
    # a copy made by a browser does not compete with the original
    found = [item for item in found if item.name.lower().endswith((".py", ".ipynb"))] or found
    exact = [item for item in found if item.stem.casefold() == assignment.casefold()]
    alike = [item for item in found if is_copy_of(item.stem, assignment)]
    notebooks = [item for item in found if _is_called_notebook(item)]
    pool = notebooks or found
    naming = [item for item in pool if holds_name_of(item.stem, assignment)]
    only = next((some for some in (pool, naming) if len(some) == 1), [])
    return exact or alike or only


def _preference(item: Item) -> tuple[float, bool, str]:
    return item.modified, _is_called_notebook(item), item.name


def _is_called_notebook(item: Item) -> bool:
    return item.name.lower().endswith(NOTEBOOK)


def _listed(items: list[Item]) -> str:
    names = [shown(item.name) for item in items[:8]]
    return ", ".join(names) + (", …" if len(items) > len(names) else "")


def _visible(folder: Path) -> list[Item]:
    listing = list_folder(folder, MAX_FILES)
    return [item for item in listing.items if not any(p.startswith(".") for p in item.parts)]


def _folder(root: Path, main: Path) -> str:
    """Return the folder of *main* in *root*; empty if it is *root*."""
    return "/".join(main.parent.relative_to(root).parts)


def _others(root: Path, main: Path) -> list[Item]:
    own = main.relative_to(root).parts
    return [item for item in _visible(root) if item.parts != own]


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
