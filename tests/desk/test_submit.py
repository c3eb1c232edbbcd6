from __future__ import annotations

import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.desk.submit import submit, verify
from grader.errors import SubmissionError, UsageError
from grader.submission.collect import collect
from grader.submission.read import read_submission
from grader.submission.receipt import NAME, read_receipt
from grader.submission.store import Store

WORK = "def scale(x, factor):\n    return x * factor\n"
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": WORK}], "nbformat": 4})
NOW = datetime(2026, 11, 20, 15, 4, 5, tzinfo=UTC)


@pytest.fixture
def work(kit):
    """Return the kit with a right module that imports a helper beside it."""
    os.utime(kit.directory / "warmup.ipynb", (1, 1))
    (kit.directory / "辅助.py").write_text("def times(x, y):\n    return x * y\n", "utf-8")
    text = "from 辅助 import times\n\n\ndef scale(x, factor):\n    return times(x, factor)\n"
    (kit.directory / "warmup.py").write_text(text, "utf-8")
    return kit


def changed(path, name, data):
    """Replace one file in the zip at *path*."""
    with zipfile.ZipFile(path) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    files[name] = data
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in files.items():
            archive.writestr(entry, content)


def test_a_hand_in_holds_what_is_graded_and_a_receipt(work):
    """The main file and its helpers; not the README, the other starter or an older zip."""
    (work.directory / "warmup.zip").write_bytes(b"old")
    packed = submit(work, NOW)
    with zipfile.ZipFile(packed.path) as archive:
        names, receipt = archive.namelist(), json.loads(archive.read(NAME))

    assert packed.path == work.directory / "warmup.zip"
    assert sorted(names) == sorted(["warmup.py", "辅助.py", NAME])
    assert ("warmup", "2026-11-20T15:04:05Z") == (receipt["assignment"], receipt["packed"])
    assert ("3", "3") == (receipt["points"], receipt["offered"])
    assert receipt["digest"] == packed.receipt.digest
    assert packed.receipt == verify(packed.path)


def test_a_file_of_another_name_is_packed_under_the_assignments(work, tmp_path):
    """Beside a module, nobody who collects it could tell which of them is meant."""
    mine = work.directory / "my work.py"
    (work.directory / "warmup.py").rename(mine)
    packed = submit(work, NOW, tmp_path / "in/alice.zip", mine)
    (taken,) = collect(tmp_path / "in", "warmup", Store(tmp_path / "store")).taken

    assert (["warmup.py", "辅助.py"], 3) == (packed.receipt.files, packed.result.score)
    assert taken.note.startswith("receipt verified (")
    (version,) = Store(tmp_path / "store").versions("warmup", "alice")
    assert "from 辅助" in read_submission(version.path, "warmup").chunks[0].text


def test_work_in_a_folder_runs_and_is_packed_where_it_lies(work, tmp_path):
    """Beside its own helper modules, which other folders have, too; as when it is graded."""
    (work.directory / "mine").mkdir()
    for name in ("warmup.py", "辅助.py"):
        (work.directory / name).rename(work.directory / "mine" / name)
    (work.directory / "辅助.py").write_text("def times(x, y):\n    return 0\n", "utf-8")

    packed = submit(work, NOW, tmp_path / "alice.zip")

    assert (["mine/warmup.py", "mine/辅助.py", "辅助.py"], 3) == (
        sorted(packed.receipt.files),
        packed.result.score,
    )


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({"warmup.py": "", "mine.py": WORK}, "mine.py"),
        ({"warmup.py": None, "warmup.py.txt": WORK}, "warmup.py.txt"),
        ({"warmup.py": None, "mine.py": "%run run.ipynb", "run.ipynb": NOTEBOOK}, "run.ipynb"),
        ({f"env/site-packages/{n}.py": "" for n in range(2100)}, "warmup.py"),
    ],
    ids=["an empty starter", "another ending", "a notebook that is run", "an environment"],
)
def test_what_is_checked_is_packed(work, files, named, tmp_path):
    """Under its own name, and nothing of a virtual environment with it."""
    for name, text in files.items():
        path = work.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if text is not None:
            path.write_text(text, "utf-8")

    done = submit(work, NOW, tmp_path / "alice.zip")

    assert done.result.score == 3
    assert named in done.receipt.files
    assert len(done.receipt.files) < 4


def test_a_starter_is_not_packed_in_place_of_the_work(kit, tmp_path):
    """Where the work lies in an archive, that is said, and an older zip stays."""
    (kit.directory / "warmup.zip").write_bytes(b"")
    with zipfile.ZipFile(kit.directory / "warmup.zip", "w") as archive:
        archive.writestr("warmup.py", WORK)
    before = (kit.directory / "warmup.zip").read_bytes()

    with pytest.raises(SubmissionError, match=r"still packed: scale in warmup\.zip"):
        submit(kit, NOW)
    assert (kit.directory / "warmup.zip").read_bytes() == before


def test_the_other_starter_is_named_if_something_stands_in_it(work, tmp_path):
    """Who worked in both should know; outputs and what was only opened do not count."""
    assert "" == submit(work, NOW, tmp_path / "a.zip").left_out
    path = work.directory / "warmup.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"] = {"seen": True}
    path.write_text(json.dumps(notebook), "utf-8")
    os.utime(path, (1, 1))
    assert "" == submit(work, NOW, tmp_path / "a.zip").left_out
    path.write_text(path.read_text("utf-8").replace("raise NotImplementedError", "return x"))
    os.utime(path, (1, 1))

    assert "warmup.ipynb" == submit(work, NOW, tmp_path / "a.zip").left_out
    assert "warmup.py" == submit(work, NOW, tmp_path / "a.zip", path).left_out


def test_a_file_that_cannot_be_read_is_named(work):
    """And not the folder that it lies in."""
    (work.directory / "warmup.py").write_text("")
    with pytest.raises(SubmissionError, match=r"^warmup\.py: the file is empty"):
        submit(work, NOW)
    with pytest.raises(UsageError, match=r"There is no file or folder nothing\.py"):
        submit(work, NOW, file=Path("nothing.py"))


def test_the_digest_is_that_of_the_report(work, tmp_path):
    """Unpacked and read for grading, the hand-in has the receipt's digest."""
    packed = submit(work, NOW, tmp_path / "alice.zip")
    with zipfile.ZipFile(packed.path) as archive:
        archive.extractall(tmp_path / "there")
    (tmp_path / "there" / NAME).unlink()

    assert packed.receipt.digest == read_submission(tmp_path / "there", "warmup").digest


def test_what_was_changed_since_is_told(work, tmp_path):
    """By whoever packed it, and by whoever collects it."""
    packed = submit(work, NOW, tmp_path / "in/alice.zip")
    changed(packed.path, "warmup.py", b"def scale(x, factor):\n    return 1\n")

    with pytest.raises(SubmissionError, match="changed after it was packed"):
        verify(packed.path)
    (taken,) = collect(tmp_path / "in", "warmup", Store(tmp_path / "store")).taken
    short = packed.receipt.digest[:12]
    told = f"the receipt ({short}, 2026-11-20T15:04:05Z) does not match these files: "
    assert taken.note == told + "they were changed later"


def test_collecting_verifies_the_receipt_and_sets_it_aside(work, tmp_path):
    """Packed again an hour later, the same work is no new version."""
    store = Store(tmp_path / "store")
    submit(work, NOW, tmp_path / "in/alice.zip")
    (taken,) = collect(tmp_path / "in", "warmup", store).taken
    submit(work, NOW.replace(hour=16), tmp_path / "in/alice.zip")
    again = collect(tmp_path / "in", "warmup", store)

    assert taken.note.startswith("receipt verified (")
    assert ((), 1) == (again.taken, len(again.unchanged))
    (version,) = store.versions("warmup", "alice")
    assert ["warmup.py", "辅助.py"] == sorted(path.name for path in version.path.iterdir())


def test_a_file_that_is_only_called_like_a_receipt_stays(tmp_path):
    """A learner's own file is the learner's."""
    folder = tmp_path / "in/bob"
    folder.mkdir(parents=True)
    (folder / "warmup.py").write_text("x = 1\n")
    (folder / NAME).write_text("{}")
    store = Store(tmp_path / "store")
    (taken,) = collect(tmp_path / "in", "warmup", store).taken

    assert "" == taken.note
    assert (store.versions("warmup", "bob")[0].path / NAME).exists()
    assert read_receipt(b"\xff") is None and read_receipt(b"[]") is None


def test_what_cannot_be_packed_or_verified_is_refused(work, tmp_path):
    """With what is wrong."""
    with pytest.raises(UsageError, match="not a valid name for a zip"):
        submit(work, NOW, tmp_path / "mine.tar")
    with pytest.raises(UsageError, match="There is no file"):
        verify(tmp_path / "gone.zip")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("warmup.py", "x = 1\n")
    with pytest.raises(SubmissionError, match="has no gradproof receipt"):
        verify(tmp_path / "other.zip")
