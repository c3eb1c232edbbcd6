import io
import random
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.submission import archive as archive_module
from grader.submission.archive import Archive
from grader.submission.files import MIB, Listing


def zipped(
    *entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Return a zip archive of *entries*."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def listed(data: bytes) -> Listing:
    """Return the listing of the archive *data*."""
    return Archive(data, MIB).listing()


def refusals(data: bytes) -> dict[str, str]:
    """Return the reasons for what is refused in the archive *data*, by name."""
    return {refused.origin: refused.reason for refused in listed(data).refused}


def test_files_are_listed_and_read() -> None:
    """Paths come sorted, folders apart, junk not at all; bytes come out as they went in."""
    archive = Archive(
        zipped(("b/c.py", b"2"), ("a.py", b"1" * 9), ("d/", b""), ("__MACOSX/._a.py", b"")), MIB
    )
    listing = archive.listing()

    assert [item.parts for item in listing.items] == [("a.py",), ("b", "c.py")]
    assert listing.folders == (("d",),)
    assert listing.refused == ()
    assert [item.read(100) for item in listing.items] == [b"1" * 9, b"2"]


def test_a_path_is_opened_and_closed(tmp_path: Path) -> None:
    """An archive on disk reads like one in memory, and lets go of the file."""
    (tmp_path / "a.zip").write_bytes(zipped(("a.py", b"1")))
    archive = Archive(tmp_path / "a.zip", MIB)
    (item,) = archive.listing().items

    assert item.read(1) == b"1"

    archive.close()

    with pytest.raises(SubmissionError):
        item.read(1)


@pytest.mark.parametrize(
    "name",
    ["/etc/x.py", "../x.py", "a/../../x.py", "C:/x.py", "C:x.py", "..\\x.py", "\\\\host\\x.py"],
)
def test_names_that_lead_out_are_refused(name: str) -> None:
    """An absolute path or one with .. is refused, and only that."""
    listing = listed(zipped((name, b""), ("ok.py", b"")))

    assert [item.parts for item in listing.items] == [("ok.py",)]
    assert [refused.reason for refused in listing.refused] == ["its path leads out of the archive."]


@pytest.mark.parametrize("name", ["nul", "a/CON.py", "x" * 300, "com1.txt"])
def test_names_that_no_system_takes_are_refused(name: str) -> None:
    """Device names and endless names are refused."""
    assert [name] == list(refusals(zipped((name, b""), ("ok.py", b""))))


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(stat.S_IFLNK, "link"), (stat.S_IFIFO, "regular"), (stat.S_IFCHR, "regular")],
)
def test_links_and_devices_are_refused(kind: int, reason: str) -> None:
    """Whatever is no ordinary file stays outside."""
    entry = zipfile.ZipInfo("a.py")
    entry.external_attr = (kind | 0o644) << 16

    assert reason in refusals(zipped((entry, b"/etc/passwd"), ("ok.py", b"")))["a.py"]


def test_two_files_of_one_name_are_refused() -> None:
    """The first of two equal names is taken, the second is named."""
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("a.py", b"1"), ("a.py", b"2"))
    listing = listed(data)

    assert listing.items[0].read(1) == b"1"
    assert [refused.origin for refused in listing.refused] == ["a.py"]


def test_unusual_compression_is_refused() -> None:
    """LZMA, whose header may ask for gigabytes, is not unpacked."""
    assert "unsupported" in refusals(zipped(("a.py", b"1"), method=zipfile.ZIP_LZMA))["a.py"]


def test_passwords_are_refused() -> None:
    """Of several entries the locked one is refused; if all are locked, the archive is."""
    one, both = (_with_flag(zipped(("a.py", b"1"), ("b.py", b"2")), 0x1, count) for count in (1, 2))

    assert list(refusals(one)) == ["a.py"]
    with pytest.raises(SubmissionError, match="password"):
        listed(both)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_unmarked_chinese_names_are_read(encoding: str) -> None:
    """Old tools do not say in which encoding they write names."""
    data = zipped(("ABCDEF.py", b"")).replace(b"ABCDEF", "张三".encode(encoding).ljust(6, b"_"))
    (item,) = listed(data).items

    assert item.name.rstrip("_py.") == "张三"


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip" * 99, b"\0" * 70_000])
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    """The sentence says that it is no archive and what to do."""
    with pytest.raises(SubmissionError, match="incomplete or damaged"):
        Archive(data, MIB)


def test_lies_about_sizes_do_not_help() -> None:
    """Bytes are counted as they come, against the limit of the file and of the archive."""
    data = zipped(("a.py", b"0" * 3 * MIB), ("b.py", b"0" * 3 * MIB))
    first, second = Archive(data, 4 * MIB).listing().items

    with pytest.raises(SubmissionError, match=r"3\.0 MiB, over the limit of 2 MiB"):
        first.read(2 * MIB)
    assert len(first.read(3 * MIB)) == 3 * MIB
    with pytest.raises(SubmissionError, match="unpacks to more than 4 MiB"):
        second.read(3 * MIB)

    lying = data.replace(struct.pack("<L", 3 * MIB), struct.pack("<L", 10))
    with pytest.raises(SubmissionError, match="damaged"):
        Archive(lying, MIB).listing().items[0].read(MIB)


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of countless entries is not listed."""
    monkeypatch.setattr(archive_module, "MAX_ENTRIES", 3)

    with pytest.raises(SubmissionError, match="more than 3 files"):
        listed(zipped(*((f"{number}.py", b"") for number in range(4))))
    installed = ((f"venv/lib/site-packages/{number}.py", b"") for number in range(9))
    assert listed(zipped(("a.py", b""), *installed)).items


def test_a_huge_table_of_contents_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of contents is not even read if no honest archive has one that long."""
    monkeypatch.setattr(archive_module, "_DIRECTORY", 100)

    with pytest.raises(SubmissionError, match="incomplete or damaged"):
        Archive(zipped(("a" * 100, b"")), MIB)


def test_damaged_archives_are_read_or_refused() -> None:
    """An archive cut off or altered anywhere raises nothing but SubmissionError."""
    sound = zipped(("a.py", b"x = 1\n" * 50), ("b/c.ipynb", b"{}"))
    draw = random.Random(0)
    for _ in range(500):
        damaged = bytearray(sound[: draw.randrange(len(sound))] if draw.random() < 0.2 else sound)
        for _ in range(draw.randrange(4) if damaged else 0):
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
        try:
            archive = Archive(bytes(damaged), MIB)
            items = archive.listing().items
        except SubmissionError:
            continue
        for item in items:
            try:
                assert len(item.read(MIB)) <= MIB
            except SubmissionError as error:
                assert str(error)


def _with_flag(data: bytes, flag: int, count: int) -> bytes:
    """Set *flag* in the headers of the first *count* entries."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        place = -1
        for _ in range(count):
            place = changed.index(signature, place + 1)
            changed[place + offset] |= flag
    return bytes(changed)
