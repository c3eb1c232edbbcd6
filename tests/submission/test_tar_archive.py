"""Tar archives are taken as zips are."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from grader.errors import SubmissionError, UsageError
from grader.submission import tar_archive
from grader.submission.collect import collect
from grader.submission.files import MIB
from grader.submission.store import Store
from grader.submission.tar_archive import TarArchive


def entry(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    """Return the header of an entry."""
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.mtime = kind, target, 1000
    return made


def tarred(*entries: tuple[str | tarfile.TarInfo, bytes]) -> bytes:
    """Return a tar archive."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in entries:
            made = entry(name) if isinstance(name, str) else name
            made.size = len(data)
            archive.addfile(made, io.BytesIO(data))
    return buffer.getvalue()


@pytest.mark.parametrize("ending", ["tar", "tar.gz", "tgz"])
def test_learners_and_classes_may_use_tar(ending: str, tmp_path: Path) -> None:
    """A tar in a folder is one learner's; one of a class holds learners; both may be packed."""
    pack = gzip.compress if ending != "tar" else bytes
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / f"ada_warmup.{ending}").write_bytes(pack(tarred(("./hw/warmup.py", b"1"))))
    whole = tmp_path / f"class.{ending}"
    whole.write_bytes(pack(tarred(("class/bob/warmup.py", b"2"), ("class/cyd_warmup.py", b"3"))))
    store = Store(tmp_path / "store")
    taken = collect(inbox, "warmup", store).taken + collect(whole, "warmup", store).taken
    version = store.latest("warmup", "ada")

    assert ["ada", "bob", "cyd"] == [one.learner for one in taken]
    assert version is not None
    assert b"1" == version.main.read_bytes()


def test_what_is_no_plain_file_inside_is_refused() -> None:
    """Links, devices and names that lead out are refused one by one; the rest is taken."""
    listing = TarArchive(
        tarred(
            (entry("link.py", tarfile.SYMTYPE, "/etc/passwd"), b""),
            (entry("hard.py", tarfile.LNKTYPE, "ok.py"), b""),
            (entry("pipe.py", tarfile.FIFOTYPE), b""),
            ("/etc/x.py", b"1"),
            ("../x.py", b"1"),
            ("nul", b"1"),
            ("ok.py", b"1"),
            ("ok.py", b"2"),
        ),
        MIB,
    ).listing()

    assert [("ok.py",)] == [item.parts for item in listing.items]
    assert 7 == len(listing.refused)
    assert b"1" == listing.items[0].read(1)


def test_a_tar_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes are counted while they come out, of the whole and of each file."""
    monkeypatch.setattr(tar_archive, "_HEADERS", MIB)
    bomb = gzip.compress(b"\0" * 8 * MIB)

    with pytest.raises(SubmissionError, match="unpacks to more than 1 MiB"):
        TarArchive(bomb, MIB)
    first, second = TarArchive(tarred(("a.py", b"0" * MIB), ("b.py", b"1")), MIB).listing().items
    with pytest.raises(SubmissionError, match="over the limit"):
        first.read(10)
    first.read(MIB)
    with pytest.raises(SubmissionError, match="unpacks to more than"):
        second.read(MIB)


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of countless entries is not listed."""
    monkeypatch.setattr(tar_archive, "MAX_ENTRIES", 3)

    with pytest.raises(SubmissionError, match="more than 3 files"):
        TarArchive(tarred(*((f"{number}.py", b"") for number in range(4))), MIB).listing()
    installed = ((f"venv/lib/site-packages/{number}.py", b"") for number in range(9))
    assert TarArchive(tarred(("a.py", b""), *installed), MIB).listing().items


@pytest.mark.parametrize(
    "data",
    # without the time, which would be in the test's name
    [b"", b"\x1f\x8b", b"not a tar" * 99, gzip.compress(b"no" * 999, mtime=0)],
)
def test_what_is_no_tar_is_refused(data: bytes) -> None:
    """The sentence says that it is no archive and what to do."""
    with pytest.raises(SubmissionError, match="this tar archive is incomplete or damaged"):
        TarArchive(data, MIB).listing()


@pytest.mark.parametrize("name", ["ada.7z", "ada.rar", "ada.tar.xz"])
def test_other_archives_are_refused_with_a_tool(name: str, tmp_path: Path) -> None:
    """What is not unpacked here is said to be so, of a learner's archive as of a class's."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / name).write_bytes(b"7z\xbc\xaf\x27\x1c")
    (inbox / "bob.py").write_text("1")
    store = Store(tmp_path / "store")
    collection = collect(inbox, "warmup", store)

    assert ["bob"] == store.learners("warmup")
    assert "7-Zip" in collection.refused[0].reason
    with pytest.raises(UsageError, match="7-Zip"):
        collect(inbox / name, "warmup", store)
