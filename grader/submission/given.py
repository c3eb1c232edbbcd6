"""Files that a course gives to learners beside a starter: helper modules and data.

They lie in one folder of the course, come with the kit, and lie beside every submission when it is
graded, whether or not they were submitted. Where a learner has changed a copy, the course's counts:
so the grade depends on what the learner was asked to write. Files that learners are meant to change
are *editable*; of these, the course's counts only if none was submitted.
"""

from __future__ import annotations

import os
import posixpath
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ..exercise import Submission
from ..language import _, listed
from .files import MAX_FILES, MIB, list_folder, read_regular

#: Most bytes of all given files: they are sent with every submission.
MAX_GIVEN = 16 * MIB


@dataclass(frozen=True, slots=True)
class Given:
    """The given files of an assignment.

    Attributes:
        files: by their paths beside the starter.

        editable: those of them that learners may change.
    """

    files: tuple[tuple[str, bytes], ...] = ()
    editable: frozenset[str] = frozenset()

    @property
    def identity(self) -> str:
        """What tells these files from others."""
        parts = [f"{name}\0{sha256(data).hexdigest()}" for name, data in self.files]
        return sha256("\0".join([*parts, *sorted(self.editable)]).encode()).hexdigest()

    def with_submission(self, submission: Submission) -> Submission:
        """Return *submission* with these files beside each of its main files."""
        if not self.files:
            return submission
        parts = {id(part): self._with_part(part) for part in submission.parts}
        elsewhere = {name: parts[id(part)] for name, part in submission.elsewhere.items()}
        return replace(parts[id(submission)], elsewhere=elsewhere)

    def _with_part(self, submission: Submission) -> Submission:
        theirs = dict(submission.files)
        ours = self._placed(submission.folder)
        kept = {name: data for name, data in theirs.items() if name not in ours or ours[name][1]}
        files = {name: data for name, (data, _editable) in ours.items()} | kept
        return replace(submission, files=tuple(sorted(files.items())))

    def notes(self, submission: Submission) -> tuple[str, ...]:
        """Return what to tell the learner about copies in *submission* that do not count."""
        ours = self._placed(submission.folder)
        names = different(
            {name: data for name, (data, editable) in ours.items() if not editable},
            dict(submission.files),
        )
        text = _(
            "You changed what came with the kit; your work is graded with the original: {files}."
        )
        return (text.format(files=listed(names)),) if names else ()

    def replaced(self, folder: Path) -> dict[str, bytes]:
        """Return those files that count in place of the copies in the learner's own *folder*.

        Also where there is no copy any more.
        """
        ours = {name: data for name, data in self.files if name not in self.editable}
        theirs = {name: (folder / name).read_bytes() for name in ours if (folder / name).is_file()}
        missing = ours.keys() - theirs.keys()
        return {name: ours[name] for name in sorted({*different(ours, theirs), *missing})}

    def _placed(self, folder: str) -> dict[str, tuple[bytes, bool]]:
        """Return content and whether it is editable, by the path in a submission."""
        return {
            posixpath.join(folder, name): (data, name in self.editable) for name, data in self.files
        }


NONE_GIVEN = Given()


def different(ours: Mapping[str, bytes], theirs: Mapping[str, bytes]) -> list[str]:
    """Return the names of files of *theirs* that differ from *ours*."""
    names = (name for name, data in ours.items() if _text(theirs.get(name, data)) != _text(data))
    return sorted(names)


def _text(data: bytes) -> bytes:
    """Return *data* with the line ends of Unix: Git and editors change them."""
    return data.replace(b"\r\n", b"\n")


def read_given(folder: Path, editable: frozenset[str] = frozenset()) -> Given:
    """Return the given files in *folder*; none if it does not exist.

    Raises SubmissionError if one cannot be read, ValueError if they are too large.
    """
    if not folder.is_dir():
        return Given()
    items = [
        item
        for item in list_folder(folder, MAX_FILES).items
        if not any(part.startswith(".") for part in item.parts)
    ]
    if sum(item.size for item in items) > MAX_GIVEN:
        raise ValueError(f"the files are larger than {MAX_GIVEN // MIB} MiB together; give less")
    files = tuple((item.name, read_regular(folder.joinpath(*item.parts))) for item in items)
    return Given(files, editable)


@contextmanager
def beside(folder: Path | None) -> Iterator[None]:
    """Let code in the ``with`` import modules of *folder* and open its files by relative paths.

    For the course's own code, which runs in this process; nothing of it is left afterwards.
    """
    if folder is None or not folder.is_dir():
        yield
        return
    there = str(folder.resolve())
    before, path, names = Path.cwd(), sys.path[:], set(sys.modules)
    wrote, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    sys.path.insert(0, there)
    os.chdir(there)
    try:
        yield
    finally:
        os.chdir(before)
        sys.path[:] = path
        sys.dont_write_bytecode = wrote
        # Another assignment may give a module of the same name.
        for name in set(sys.modules) - names:
            if str(getattr(sys.modules[name], "__file__", None) or "").startswith(there + os.sep):
                del sys.modules[name]
