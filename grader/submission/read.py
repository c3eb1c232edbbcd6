"""Read a submission without running it.

Which of its files count is decided in :mod:`.choice`. Each exercise comes with what its own file
needs: the helper modules and small data files in that file's folder, and what it runs. Links and
hidden files are not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ..errors import SubmissionError, UsageError
from ..exercise import FRAMEWORKS, OtherPlace, Source, State, Submission
from ..language import _, listed
from . import framework as frameworks
from .attempt import Attempt, gather, own_work
from .choice import Candidate, Choice, choose
from .code_file import CodeFile
from .digest import digest
from .files import (
    MAX_FILES,
    MAX_LISTED,
    File,
    Item,
    Refused,
    foreign_archive,
    is_archive,
    is_code,
    list_folder,
    read_regular,
    too_large,
    too_many,
)
from .learner_names import shown
from .misnamed import misnamed
from .name_encoding import NameReader
from .slot import Slot, Status

#: most files whose other definitions are graded, too
_MOST_RIVALS = 3


@dataclass(frozen=True, slots=True)
class _Reading:
    """How files become a submission; see :func:`read_submission`."""

    name: str
    framework: str | None
    usual: str
    at_desk: bool

    def submission(self, file: CodeFile, is_single: bool) -> Submission:
        """Return the submission with *file* as its main file."""
        chunks = file.chunks
        # At the desk, the worker runs in the folder and finds its files there.
        alone = is_single or self.at_desk
        return Submission(
            name=shown(file.name) if self.at_desk else self.name,
            chunks=chunks,
            framework=frameworks.marked(chunks)
            or self.framework
            or frameworks.imported(chunks, self.usual, lambda: self._beside(file, is_single)),
            digest="",
            files=file.written() if alone else file.files(),
            file=file.name,
            folder="" if is_single else file.folder,
        )

    def _beside(self, file: CodeFile, is_single: bool) -> Iterable[tuple[str, bytes]]:
        """Return the files beside *file*; none if they are too large, as a desk's folder may be."""
        if is_single and not self.at_desk:
            return file.written()
        with suppress(SubmissionError):
            return file.files()
        return ()


def read_submission(
    path: Path,
    assignment: str,
    framework: str | None = None,
    usual: str = "numpy",
    at_desk: bool = False,
    slot: Slot | None = None,
    unpack: bool = False,
) -> Submission:
    """Read the ``.py`` file, ``.ipynb`` file or folder at *path* as a submission for *assignment*.

    With *unpack*, it may be an archive or hold some, which are read as when they are collected.

    The framework is, in this order, that of a ``# framework: torch`` line, *framework*, or that of
    the imports; *usual* is the most common one for the assignment. Helper modules must fit into
    16 MiB; data files are included from small to large while they fit. Code run with ``%run`` is
    placed before the submission's own code. A single file comes without other files of its folder,
    which may belong to others; but *at_desk*, it may run them.

    Without *slot*, which says what is expected, the names of files decide which one is read.

    Raises SubmissionError with a message for the learner, UsageError if *path* does not exist.
    """
    if framework is not None and framework not in FRAMEWORKS:
        raise UsageError(
            _("There is no framework {name}; choose one of {known}.").format(
                name=framework, known=listed(FRAMEWORKS)
            )
        )
    name = shown(path.name or path.resolve().name)
    where = "" if path.is_dir() else name
    reading = _Reading(name, framework, usual, at_desk)
    try:
        files, left_out = (_unpacked if unpack else _as_it_is)(path, assignment, at_desk)
        slot = slot or Slot(assignment)
        choice = choose(files, slot)
        where = shown(choice.main.item.parts[-1])
        is_single = path.is_file() and is_code(path.name)
        read = _chosen(choice, reading, is_single)
        notes = (*read.notes, *misnamed(choice, files, slot), *map(_not_read, left_out))
        return replace(read, notes=notes)
    except SubmissionError as error:
        text = _("{file}: {reason}").format(file=where, reason=error) if where else str(error)
        raise SubmissionError(text) from None
    except OSError as error:
        raise UsageError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        ) from None


def _as_it_is(
    path: Path, assignment: str, at_desk: bool
) -> tuple[list[CodeFile], Sequence[Refused]]:
    return code_files(path, assignment, at_desk), ()


def _unpacked(
    path: Path, assignment: str, at_desk: bool
) -> tuple[list[CodeFile], Sequence[Refused]]:
    """Return the code files at *path* and in its archives, and what of it was not taken."""
    if path.is_symlink() or not path.exists():
        return _as_it_is(path, assignment, at_desk)
    items = _visible(path) if path.is_dir() else [_alone(path)]
    has_code = any(item.is_code for item in items)
    if not any(_is_packed(item.name, or_foreign=not has_code) for item in items):
        return _as_it_is(path, assignment, at_desk)
    name = shown(path.name or path.resolve().name)
    attempt = Attempt((), name, own_work(items, assignment))
    found = gather(attempt, assignment, nesting=0, names=NameReader())
    return code_among(list(map(item_of, found.files)), assignment), found.left_out


def _is_packed(name: str, or_foreign: bool) -> bool:
    return is_archive(name) or (or_foreign and foreign_archive(name) is not None)


def work_in_archives(folder: Path, assignment: str, slot: Slot) -> dict[str, list[str]]:
    """Return the archives in *folder* that hold work, and the exercises written in each.

    What cannot be read holds none.
    """
    found: dict[str, list[str]] = {}
    for item in (item for item in _visible(folder) if is_archive(item.name)):
        with suppress(SubmissionError):
            alone = replace(item, parts=item.parts[-1:])
            gathered = gather(Attempt((), item.name, (alone,)), assignment, 0, NameReader())
            files = code_among(list(map(item_of, gathered.files)), assignment)
            if written := choose(files, slot).written:
                found[item.name] = written
    return found


def _alone(path: Path) -> Item:
    status = path.stat()
    return Item((path.name,), status.st_size, status.st_mtime, partial(read_regular, path))


def main_file(path: Path, assignment: str, slot: Slot | None = None) -> Path:
    """Return the file at *path* that most exercises are taken from.

    Raises SubmissionError, UsageError.
    """
    choice = choose(code_files(path, assignment), slot or Slot(assignment))
    return path.joinpath(*choice.main.item.parts) if path.is_dir() else path


def code_files(path: Path, assignment: str, at_desk: bool = False) -> list[CodeFile]:
    """Return the code files at *path*, a file or a folder; raises SubmissionError, UsageError."""
    if path.is_symlink():
        raise SubmissionError(
            _("this is a link; name its target instead: {target}.").format(target=path.resolve())
        )
    if path.is_dir():
        return code_among(_visible(path), assignment)
    if not path.exists():
        raise UsageError(_("There is no file or folder {path}.").format(path=path))
    if not is_code(path.name):
        raise SubmissionError(_("only .py and .ipynb files can be read; submit one of those."))
    beside = partial(_beside_file, path) if at_desk else list[Item]
    return [CodeFile(_alone(path), beside)]


def code_among(items: Sequence[Item], assignment: str) -> list[CodeFile]:
    """Return the code files among *items*, those of one submission; raises SubmissionError."""
    items = [item for item in items if not any(part.startswith(".") for part in item.parts)]
    files = [CodeFile(item, _others(item, items)) for item in items if item.is_code]
    if not files:
        raise SubmissionError(
            _(
                "there is no .py or .ipynb file in the folder; submit {name}.py or {name}.ipynb."
            ).format(name=assignment)
        )
    return files


def _visible(folder: Path) -> list[Item]:
    listing = list_folder(folder, MAX_LISTED)
    items = [item for item in listing.items if not any(p.startswith(".") for p in item.parts)]
    if len(items) > MAX_FILES:
        # A data set, which is not collected either.
        items = [item for item in items if item.is_code or is_archive(item.name)]
    if len(items) > MAX_FILES:
        raise too_many(MAX_FILES)
    return items


def _beside_file(path: Path) -> list[Item]:
    return [item for item in _visible(path.parent) if item.parts != (path.name,)]


def item_of(file: File) -> Item:
    """Return *file*, which has been read, as one that can be read."""
    parts = tuple(file.name.split("/"))
    return Item(parts, len(file.data), file.modified, partial(_bytes_of, file))


def _bytes_of(file: File, limit: int) -> bytes:
    if len(file.data) > limit:
        raise too_large(file.name, len(file.data), limit)
    return file.data


def _not_read(refused: Refused) -> str:
    text = _("{file} was not read: {reason}")
    return text.format(file=refused.origin, reason=refused.reason)


def _others(main: Item, items: Sequence[Item]) -> Callable[[], list[Item]]:
    """Return what lists *items* without *main*."""
    return lambda: [item for item in items if item.parts != main.parts]


def _chosen(choice: Choice, reading: _Reading, is_single: bool) -> Submission:
    """Return the submission of which *choice* counts."""
    taken = {name: several[0].file for name, several in choice.candidates.items()}
    read: dict[CodeFile, Submission] = {}
    for file in (choice.main, *taken.values()):
        if file not in read:
            read[file] = reading.submission(file, is_single)
    # Everything that the result depends on: a change of any of it is graded again.
    content: dict[str, bytes] = {}
    for file in {*read, *(one.file for several in choice.candidates.values() for one in several)}:
        content |= {file.name: file.data} | dict(file.run)
    for submission in read.values():
        content |= dict(submission.files)
    main = read[choice.main]
    names = dict.fromkeys(submission.name for submission in read.values())
    return replace(
        main,
        name=listed(names),
        digest=digest(content.items()),
        sources={name: _source(several) for name, several in choice.candidates.items()},
        elsewhere={name: read[file] for name, file in taken.items() if file is not choice.main},
        rivals=_rivals(choice, reading),
        notes=_notes(choice),
    )


def _rivals(choice: Choice, reading: _Reading) -> dict[str, tuple[Submission, frozenset[str]]]:
    """Return other written definitions, as in a :class:`Submission`."""
    found: dict[CodeFile, set[str]] = {}
    for name, (best, *others) in choice.candidates.items():
        for other in others:
            if other.is_written and best.is_written and other.file.data != best.file.data:
                found.setdefault(other.file, set()).add(name)
    rivals = {}
    for file, names in list(found.items())[:_MOST_RIVALS]:
        # The helper modules in its folder may be too large.
        with suppress(SubmissionError):
            rivals[shown(file.name)] = reading.submission(file, is_single=False), frozenset(names)
    return rivals


def _source(candidates: Sequence[Candidate]) -> Source:
    best, *others = candidates
    places = tuple(
        OtherPlace(
            shown(other.file.name), other.cell, _state(other), other.found.form == best.found.form
        )
        for other in others
    )
    return Source(shown(best.file.name), best.cell, _state(best), places)


def _state(candidate: Candidate) -> State:
    if candidate.is_written:
        return "written"
    return "script" if candidate.found.status is Status.SCRIPT else "blank"


def _notes(choice: Choice) -> tuple[str, ...]:
    """Return what reports say of *choice*, beside where exercises were taken from."""
    text = _(
        '{exercise} is defined only under if __name__ == "__main__" in {file}, which does not run '
        "when your work is graded; move it out of there."
    )
    notes = [
        text.format(exercise=name, file=shown(several[0].file.name))
        for name, several in choice.candidates.items()
        if several[0].found.status is Status.SCRIPT
    ]
    text = _("{exercise} was taken from {file}, a file of tests: no other file defines it.")
    notes += [
        text.format(exercise=name, file=shown(several[0].file.name))
        for name, several in choice.candidates.items()
        if several[0].is_test
    ]
    text = _("{file} was not read: {reason}")
    notes += [
        text.format(file=shown(file.name), reason=reason)
        for file, reason in choice.unread
        if file is not choice.main and file.item.size
    ]
    return tuple(notes)
