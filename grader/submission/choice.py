"""Which file of a submission is the work: decided for each exercise, by content.

A file counts for an exercise if it defines it. What is written comes before what is still the
starter's, and what is valid Python before what is not; of several written definitions, that in the
file that is called after the assignment counts, then that in a file which imports the others, then
the one that was changed last. What this file imports does not compete with it, and a file of tests
only counts where no other file has the exercise. If no file defines any exercise, names alone
decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import PurePosixPath

from ..errors import SubmissionError
from ..exercise import Chunk
from ..language import _, listed
from .code_file import CodeFile
from .framework import modules_imported
from .learner_names import holds_name_of, is_copy_of, shown
from .slot import STAR_IMPORT, Found, Slot, Status, found_in

#: most bytes of one submission that are parsed to compare its files; of others, lines that look
#: like definitions count
MAX_PARSED = 4 * 1024 * 1024
#: exercises that a sentence names
_NAMED = 3
_TEST = re.compile(r"(?i)test_.*|.*_test|conftest")


class AnotherAssignment(SubmissionError):
    """The files are the work of another assignment."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that defines an exercise, how, and whether it is one of tests."""

    file: CodeFile
    found: Found
    is_test: bool = False

    @property
    def is_written(self) -> bool:
        """Whether it is more than the starter's, and no script's own."""
        return self.found.status >= Status.BROKEN

    @property
    def cell(self) -> str:
        """The label of its cell; empty in a script."""
        label = self.file.chunks[self.found.index].label
        return "" if label == shown(self.file.item.parts[-1]) else label


@dataclass(frozen=True, slots=True)
class Choice:
    """The files that count.

    Attributes:
        main: the file that most exercises are taken from.

        candidates: the files that define each exercise, the one that counts first.

        unread: files that cannot be read, and why.
    """

    main: CodeFile
    candidates: dict[str, tuple[Candidate, ...]]
    unread: tuple[tuple[CodeFile, SubmissionError], ...] = ()

    @property
    def written(self) -> list[str]:
        """The exercises that are written."""
        return [name for name, several in self.candidates.items() if several[0].is_written]


def choose(files: Sequence[CodeFile], slot: Slot) -> Choice:
    """Return which of *files* count.

    Raises:
        SubmissionError: it is not clear, or they are the work of another assignment.
    """
    ranked = sorted(files, key=lambda file: _rank(file, slot.assignment), reverse=True)
    candidates: dict[str, list[Candidate]] = {name: [] for name in slot.starter}
    for file, defined in _found_in_each(ranked, slot).items():
        for name, found in defined.items():
            is_named = is_copy_of(file.item.stem, slot.assignment)
            if found.status is not Status.IMPORTED or is_named:
                is_test = _is_test(file) and not is_named
                candidates[name].append(Candidate(file, found, is_test))
    for several in candidates.values():
        helpers = _helpers_among(several, files, slot.assignment)
        # stable, so that files of equal standing stay ranked
        several.sort(key=lambda one: (_sureness(one), one.file not in helpers), reverse=True)
    chosen = {name: _competing(several, files) for name, several in candidates.items() if several}
    unread = tuple(_unread(ranked, slot.assignment))
    is_written = any(one[0].is_written for one in chosen.values())
    if unread and slot.starter and len(files) > 1 and not is_written:
        # It may be the work; the starter beside it is not.
        file, error = unread[0]
        text = _("{file}: {reason}").format(file=shown(file.item.parts[-1]), reason=error)
        raise SubmissionError(text)
    if not chosen:
        _refuse_work_of_another(ranked, slot)
        return Choice(_by_name(files, slot.assignment), {})
    taken = Counter(several[0].file for several in chosen.values() if several[0].is_written)
    taken = taken or Counter(several[0].file for several in chosen.values())
    main = max(taken, key=lambda file: (taken[file], -ranked.index(file)))
    return Choice(main, chosen, unread)


def _found_in_each(files: Sequence[CodeFile], slot: Slot) -> dict[CodeFile, dict[str, Found]]:
    """Return how each of *files* defines the exercises, those that it takes from others, too."""
    modules: dict[str, set[str]] = {file.item.stem: set() for file in files}
    for name, text in ((name, text) for file in files for name, text in _modules_written(file)):
        modules.setdefault(name, set()).update(found_in([text], slot.starter))
    budget = _within_budget(files)
    each = {file: found_in(_texts(file), slot.starter, modules, ok) for file, ok in budget}
    for file, defined in each.items():
        modules[file.item.stem].update(
            name for name, found in defined.items() if found.status >= Status.IMPORTED
        )
    for file, parse in budget:
        # What a star import gives is known only now.
        if any(map(STAR_IMPORT.search, _texts(file))):
            own = {name: found for name, found in modules.items() if name != file.item.stem}
            each[file] = found_in(_texts(file), slot.starter, own, parse)
    return each


def _modules_written(file: CodeFile) -> Iterator[tuple[str, str]]:
    """Yield the modules that a notebook writes, a name and the code each."""
    with suppress(SubmissionError):
        for name, code in file.written():
            yield PurePosixPath(name).stem, code.decode("utf-8", "replace")


def _helpers_among(
    candidates: Sequence[Candidate], files: Sequence[CodeFile], assignment: str
) -> set[CodeFile]:
    """Return the files that others of the *candidates* import: theirs replaces what they import."""
    written = [one.file for one in candidates if one.is_written]
    if len(written) < 2:
        return set()
    imported = {file: _imported_by(file, files) for file in written}
    return {
        file
        for file in written
        if not holds_name_of(file.item.stem, assignment)
        and any(file in imported[other] and other not in imported[file] for other in written)
    }


def _sureness(candidate: Candidate) -> tuple[bool, Status]:
    """Return how sure a definition is; an import by the main file stands for what it imports."""
    status = candidate.found.status
    return not candidate.is_test, Status.WRITTEN if status is Status.IMPORTED else status


def _is_test(file: CodeFile) -> bool:
    """Whether *file* holds tests, which may repeat what they test."""
    return "tests" in file.item.parts[:-1] or bool(_TEST.fullmatch(file.item.stem))


def _competing(candidates: Sequence[Candidate], files: Sequence[CodeFile]) -> tuple[Candidate, ...]:
    """Return the best of *candidates*, which are sorted, and those that it competes with."""
    best, *others = candidates
    if not others:
        return (best,)
    helpers = _imported_by(best.file, files)
    # Beside an empty exercise, a written one is named, also one among tests.
    return best, *(
        other
        for other in others
        if other.file not in helpers and not (other.is_test and best.is_written)
    )


def _imported_by(file: CodeFile, files: Sequence[CodeFile]) -> set[CodeFile]:
    """Return those of *files* that *file* imports, also by way of others."""
    modules = {other.as_module for other in files}
    found, todo = {file}, [file]
    while todo:
        importing = todo.pop()
        chunks = [Chunk("", text) for text in _texts(importing)]
        names = modules_imported(chunks, modules)
        nearest: dict[tuple[str, ...], CodeFile] = {}
        for other in (other for other in files if names and other.as_module in names):
            key = other.item.parts[-2 if other.item.stem == "__init__" else -1 :]
            before = nearest.setdefault(key, other)
            nearest[key] = max(before, other, key=partial(_nearness, importing))
        todo += set(nearest.values()) - found
        found |= set(nearest.values())
    return found - {file}


def _nearness(file: CodeFile, other: CodeFile) -> int:
    """Return how many folders *file* and *other* share."""
    pairs = zip(file.item.parts[:-1], other.item.parts[:-1], strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _unread(
    files: Sequence[CodeFile], assignment: str
) -> Iterator[tuple[CodeFile, SubmissionError]]:
    """Yield the files that cannot be read, and why; not those that were made to be empty."""
    for file in files:
        try:
            _chunks = file.chunks
        except SubmissionError as error:
            if file.item.size or is_copy_of(file.item.stem, assignment):
                yield file, error


def _texts(file: CodeFile) -> list[str]:
    """Return the code in *file*; empty if it cannot be read."""
    try:
        return [chunk.text for chunk in file.chunks]
    except SubmissionError:
        return []


def _within_budget(files: Sequence[CodeFile]) -> list[tuple[CodeFile, bool]]:
    """Return *files*, each with whether it may be parsed."""
    left = MAX_PARSED
    several = []
    for file in files:
        size = sum(map(len, _texts(file)))
        several.append((file, size <= left))
        left -= min(size, left)
    return several


def _rank(file: CodeFile, assignment: str) -> tuple[int, int, bool, bool, int, str]:
    """Return a key by which files of one exercise are ordered: name, then date."""
    stem = file.item.stem
    exact = stem.casefold() == assignment.casefold()
    if exact or is_copy_of(stem, assignment):
        standing = 3
    elif _is_test(file):
        standing = 0
    else:
        standing = 2 if holds_name_of(stem, assignment) else 1
    depth = -len(file.item.parts)
    return standing, int(file.item.modified), file.is_called_notebook, exact, depth, file.name


def _refuse_work_of_another(files: Sequence[CodeFile], slot: Slot) -> None:
    """Raise AnotherAssignment if *files* define the exercises of another assignment."""
    ours = slot.starter.keys()
    several = {name: set(theirs) - ours for name, theirs in slot.others.items()}
    wanted = {name: frozenset[str]() for theirs in several.values() for name in theirs}
    defined: set[str] = set()
    for file, parse in _within_budget(files):
        defined |= found_in(_texts(file), wanted, parse=parse).keys()
    for name, theirs in sorted(several.items(), key=lambda one: -len(one[1] & defined)):
        found = [exercise for exercise in slot.others[name] if exercise in theirs & defined]
        called = any(holds_name_of(file.item.stem, name) for file in files)
        # one function may have the name of another assignment's exercise by chance
        if found and (called or 2 * len(found) > len(theirs)):
            text = _(
                "this is the work of another assignment, {other}: it defines {found}, and no "
                "exercise of {assignment}. Submit it for {other}, and your work on {assignment} "
                "here."
            )
            named = listed(found, most=_NAMED)
            raise AnotherAssignment(
                text.format(other=name, found=named, assignment=slot.assignment)
            )


def _by_name(files: Sequence[CodeFile], assignment: str) -> CodeFile:
    """Return the main file by names alone; raises SubmissionError if it is not clear."""
    depth = min(len(file.item.parts) for file in files)
    top = [file for file in files if len(file.item.parts) == depth]
    main = _called_main(top, assignment)
    if not main:
        found = listed((shown(file.name) for file in top), most=8)
        raise SubmissionError(
            _("cannot tell which file to read among {found}; name the right one {name}.py.").format(
                found=found, name=assignment
            )
        )
    return max(main, key=lambda file: (file.item.modified, file.is_called_notebook, file.name))


def _called_main(found: Sequence[CodeFile], assignment: str) -> Sequence[CodeFile]:
    """Return the files in *found* that could be the main one; none if it is not clear.

    In this order: files with the assignment's name; with that name apart from a copy mark or
    separators; the only notebook, or the only script if there is no notebook; the only file whose
    name contains the assignment's.
    """
    # a copy made by a browser does not compete with the original
    found = [one for one in found if one.name.lower().endswith((".py", ".ipynb"))] or found
    exact = [one for one in found if one.item.stem.casefold() == assignment.casefold()]
    alike = [one for one in found if is_copy_of(one.item.stem, assignment)]
    pool = [one for one in found if one.is_called_notebook] or found
    naming = [one for one in pool if holds_name_of(one.item.stem, assignment)]
    only = next((some for some in (pool, naming) if len(some) == 1), [])
    return exact or alike or only
