"""Work that lies in an archive is read as when it is collected."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.submission.collect import collect
from grader.submission.read import read_submission
from grader.submission.slot import Slot
from grader.submission.store import Store

STARTER = "def scale(x, factor):\n    raise NotImplementedError\n"
WORK = "from aid import times\n\ndef scale(x, factor):\n    return times(x, factor)\n"
AID = "def times(x, y):\n    return x * y\n"
SLOT = Slot.of("warmup", ["scale"], [STARTER])


def zipped(tree: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of *tree*."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in tree.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def written(root: Path, tree: Mapping[str, str | bytes]) -> Path:
    """Write *tree* below *root*."""
    for name, data in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return root


PACKED = zipped({"work/warmup.py": WORK, "work/aid.py": AID, "__MACOSX/work/._warmup.py": b"x"})


@pytest.mark.parametrize(
    "tree",
    [
        {"work.zip": PACKED},
        {"warmup.py": STARTER, "work.zip": PACKED},
        {"warmup/work.zip": PACKED, ".DS_Store": b"x"},
        {"outer.zip": zipped({"inner.zip": PACKED})},
    ],
)
def test_a_folder_with_an_archive_is_read_as_it_is_collected(
    tree: Mapping[str, str | bytes], tmp_path: Path
) -> None:
    """The same files count, for the same exercises, under the same names."""
    written(tmp_path / "class", {f"ada/{name}": data for name, data in tree.items()})
    written(tmp_path / "class", {"bob.py": WORK})
    store = Store(tmp_path / "store")
    collect(tmp_path / "class", "warmup", store, slot=SLOT)
    latest = store.latest("warmup", "ada")
    assert latest is not None

    read = read_submission(tmp_path / "class" / "ada", "warmup", slot=SLOT, unpack=True)
    collected = read_submission(latest.main, "warmup", slot=SLOT)

    assert read.sources == collected.sources
    assert read.sources["scale"].state == "written"
    assert (read.digest, read.files, read.file) == (
        *(collected.digest, collected.files, collected.file),
    )


def test_an_archive_is_read_like_the_folder_that_is_in_it(tmp_path: Path) -> None:
    """Its helper modules come with it."""
    path = tmp_path / "ada.zip"
    path.write_bytes(PACKED)

    read = read_submission(path, "warmup", slot=SLOT, unpack=True)

    assert (read.name, read.sources["scale"].state) == ("ada.zip", "written")
    assert dict(read.files) == {"aid.py": AID.encode()}


def test_what_cannot_be_read_in_a_folder_is_named(tmp_path: Path) -> None:
    """Beside the work, a damaged archive is a note."""
    written(tmp_path / "ada", {"warmup.py": AID + WORK, "old.zip": b"PK"})

    read = read_submission(tmp_path / "ada", "warmup", slot=SLOT, unpack=True)

    (note,) = read.notes
    assert note.startswith("ada/old.zip was not read: this zip archive is incomplete or damaged")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("ada.zip", b"PK", "incomplete or damaged"),
        ("ada.zip", zipped({"__MACOSX/._a.py": b""}), "it is empty, or holds only"),
        ("ada.zip", zipped({"a.docx": b""}), "no .py or .ipynb file among: a.docx"),
        ("ada.7z", b"7z", "this kind of archive is not unpacked here"),
        ("ada/work.rar", b"Rar", "this kind of archive is not unpacked here"),
        ("ada/work.zip", b"PK", "incomplete or damaged"),
    ],
)
def test_an_archive_without_work_is_refused(
    name: str, data: bytes, reason: str, tmp_path: Path
) -> None:
    """The sentence is that of collecting."""
    written(tmp_path, {name: data})

    with pytest.raises(SubmissionError, match=reason):
        read_submission(tmp_path / name.partition("/")[0], "warmup", slot=SLOT, unpack=True)
