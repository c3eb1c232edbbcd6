"""Who submitted something in which there is no work is named, and has submitted nothing."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.submission.attempt import empty
from grader.submission.collect import collect
from grader.submission.register import NamingRules
from grader.submission.roster import read_roster
from grader.submission.store import Store

WORK = b"def scale(x, factor):\n    return factor * x\n"
EMPTY = str(empty())
#: only what systems and tools leave behind
JUNK = {
    "bob/.DS_Store": b"x",
    "cyd/warmup/__MACOSX/._warmup.py": b"x",
    "dan/Thumbs.db": b"x",
    "eve/__pycache__/warmup.cpython-312.pyc": b"x",
    "Fay_13_assignsubmission_file_/.DS_Store": b"x",
    "gil/venv/pyvenv.cfg": b"x",
    "gil/venv/bin/activate": b"x",
}


def zipped(tree: Mapping[str, bytes]) -> bytes:
    """Return a zip without entries for folders, as many tools write it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in tree.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(tree: Mapping[str, bytes]) -> bytes:
    """Return a tar, likewise."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in tree.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def placed(root: Path, tree: Mapping[str, bytes], form: str) -> Path:
    """Write *tree* as a folder, a zip or a tar."""
    if form == "folder":
        for name, data in tree.items():
            path = root / "inbox" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return root / "inbox"
    path = root / f"inbox.{form}"
    path.write_bytes(zipped(tree) if form == "zip" else tarred(tree))
    return path


@pytest.mark.parametrize("form", ["folder", "zip", "tar"])
def test_a_learners_folder_of_junk_is_refused_by_name(form: str, tmp_path: Path) -> None:
    """Whatever it lies in: whoever submitted it learns that there is nothing in it."""
    rest = {"ada/warmup.py": WORK, "__MACOSX/ada/._warmup.py": b"x", ".DS_Store": b"x"}
    source = placed(tmp_path, {**rest, **JUNK}, form)

    collection = collect(source, "warmup", Store(tmp_path / "store"))

    assert [taken.learner for taken in collection.taken] == ["ada"]
    found = {refused.origin: refused.reason for refused in collection.refused}
    assert found == dict.fromkeys(sorted({name.partition("/")[0] for name in JUNK}), EMPTY)


@pytest.mark.parametrize("inside", [{}, {"__MACOSX/._warmup.py": b"x", "bob/.DS_Store": b"x"}])
@pytest.mark.parametrize("form", ["zip", "tar"])
def test_a_learners_archive_of_junk_is_refused_by_name(
    form: str, inside: Mapping[str, bytes], tmp_path: Path
) -> None:
    """An archive in which nothing is, too."""
    packed = zipped(inside) if form == "zip" else tarred(inside)
    source = placed(tmp_path, {"ada.py": WORK, f"bob.{form}": packed}, "folder")

    collection = collect(source, "warmup", Store(tmp_path / "store"))

    assert {refused.origin: refused.reason for refused in collection.refused} == {
        f"bob.{form}": EMPTY
    }


def test_who_submitted_only_junk_has_submitted_nothing(tmp_path: Path) -> None:
    """With a roster, the learner is among those of whom nothing has come."""
    (tmp_path / "roster.csv").write_text("id\nada\nbob\n", "utf-8")
    source = placed(tmp_path, {"ada/warmup.py": WORK, "bob/.DS_Store": b"x"}, "zip")
    rules = NamingRules(read_roster(tmp_path / "roster.csv"))

    collection = collect(source, "warmup", Store(tmp_path / "store"), rules)

    assert collection.missing == ("bob",)
    assert [refused.origin for refused in collection.refused] == ["bob"]


def test_junk_with_a_bad_path_makes_no_learner(tmp_path: Path) -> None:
    """Only a folder that could be unpacked stands for anybody."""
    tree = {"ada/warmup.py": WORK, "../bob/.DS_Store": b"x", "/cyd/.DS_Store": b"x"}
    source = placed(tmp_path, tree, "zip")

    collection = collect(source, "warmup", Store(tmp_path / "store"))

    assert [taken.learner for taken in collection.taken] == ["ada"]
    assert collection.refused == ()
