"""Names of files in archives are read as they were written."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from grader.submission.archive import Archive
from grader.submission.collect import collect
from grader.submission.files import MIB
from grader.submission.name_encoding import CANDIDATES, NameReader, most_plausible
from grader.submission.roster import naming_rules
from grader.submission.store import Store


def zipped(*names: bytes, extra: bytes = b"") -> bytes:
    """Return a zip that holds a file for each of *names*, and does not say their encoding."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, name in enumerate(names):
            entry = zipfile.ZipInfo("QXZ"[number] * len(name))
            entry.extra = extra
            archive.writestr(entry, f"{number}")
    data = buffer.getvalue()
    for number, name in enumerate(names):
        data = data.replace("QXZ"[number].encode() * len(name), name)
    return data


def names_in(data: bytes, reader: NameReader | None = None) -> list[str]:
    """Return the names that are read in an archive."""
    return [item.name for item in Archive(data, MIB, reader).listing().items]


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("utf_8", ["张三.py", "José.py"]),
        ("gb18030", ["张三.py", "李四_作业.py"]),
        ("big5", ["陳怡君.py", "林志明_作業.py"]),
        ("cp932", ["田中花子.py", "課題.py"]),
        ("cp949", ["김민준.py", "과제.py"]),
        ("cp850", ["José Müller.py", "Übung.py"]),
        ("cp437", ["José Müller.py", "Übung.py"]),
        ("cp1252", ["José Müller.py", "Übung.py"]),
        ("cp866", ["Иванов.py", "задание.py"]),
        ("cp1251", ["Иванов.py", "решение.py"]),
    ],
)
def test_names_are_read_in_the_code_page_of_their_country(encoding: str, names: list[str]) -> None:
    """An archive from any country's Windows shows its names as they were, one by one, too."""
    assert sorted(names) == names_in(zipped(*(name.encode(encoding) for name in names)))
    for name in names:
        assert [name] == names_in(zipped(name.encode(encoding)))


def test_every_candidate_is_tried() -> None:
    """Bytes that no candidate but the last ones can hold are names still."""
    assert most_plausible([b"\x81.py"]) in CANDIDATES


def unicode_path(raw: bytes, name: str, checksum: int | None = None) -> bytes:
    """Return Info-ZIP's extra field for an entry called *raw*."""
    checksum = zlib.crc32(raw) if checksum is None else checksum
    field = b"\1" + struct.pack("<L", checksum) + name.encode()
    return struct.pack("<HH", 0x7075, len(field)) + field


def test_the_extra_field_wins_over_the_code_page() -> None:
    """Info-ZIP writes the name in Unicode, too; one that is about another name is passed over."""
    raw = "李四.py".encode("big5")

    assert ["张三.py"] == names_in(zipped(raw, extra=unicode_path(raw, "张三.py")))
    assert ["李四.py"] == names_in(zipped(raw, extra=unicode_path(raw, "张三.py", 1)))


def test_an_encoding_that_is_said_is_taken() -> None:
    """What the instructor says wins over what is plausible, if the names can be read so."""
    raw = "Ода.py".encode("cp866")

    assert ["Ода.py"] == names_in(zipped(raw), NameReader("cp866"))
    assert [raw.decode("cp1252")] == names_in(zipped(raw), NameReader("cp1252"))
    assert ["Ода.py"] == names_in(zipped(raw), NameReader("ascii"))


def test_the_roster_tells_the_encoding(tmp_path: Path) -> None:
    """The code page that makes the names those of learners is the right one, and is told."""
    name = "诸葛亮"  # by itself it may be Korean
    (tmp_path / "roster.csv").write_text(f"id,name\n7,{name}\n", encoding="utf-8")
    archive = tmp_path / "class.zip"
    archive.write_bytes(zipped(f"{name}_warmup.py".encode("gb18030")))
    store = Store(tmp_path / "submissions")
    collection = collect(archive, "warmup", store, naming_rules(tmp_path))

    assert ["7"] == store.learners("warmup")
    assert collection.notes == (
        "Names in class.zip do not say their encoding; they were read as gb18030.",
    )


def test_what_was_guessed_is_told(tmp_path: Path) -> None:
    """Without a roster, too, whoever collects hears how names were read."""
    archive = tmp_path / "class.zip"
    archive.write_bytes(zipped("张三_warmup.py".encode("gb18030"), b"bo.py"))
    store = Store(tmp_path / "submissions")
    collection = collect(archive, "warmup", store)

    assert ["bo", "张三"] == store.learners("warmup")
    assert "read as gb18030" in collection.notes[0]


def test_what_was_guessed_in_a_learners_archive_is_told(tmp_path: Path) -> None:
    """The note on the submission says how the names in its archive were read."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "ada.zip").write_bytes(zipped("作业.py".encode("gb18030")))
    (inbox / "bob.zip").write_bytes(zipped("作业.py".encode()))
    taken = collect(inbox, "warmup", Store(tmp_path / "submissions")).taken

    assert ["names in it read as gb18030", ""] == [one.note for one in taken]


def test_names_in_a_tar_are_read_alike(tmp_path: Path) -> None:
    """A tar holds bytes; those that are no UTF-8 are read as in a zip."""
    buffer = io.BytesIO()
    with tarfile.open(
        fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT, encoding="gb18030"
    ) as archive:
        archive.addfile(tarfile.TarInfo("张三_warmup.py"))
    (tmp_path / "class.tar").write_bytes(buffer.getvalue())
    store = Store(tmp_path / "submissions")
    collect(tmp_path / "class.tar", "warmup", store)

    assert ["张三"] == store.learners("warmup")
