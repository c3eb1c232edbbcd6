import json
import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.submission.files import File
from grader.submission.read import read_submission
from grader.submission.store import Store, require_intact

TASK = "softmax_regression"


def files(text: str = "x = 1", name: str = "ada.py") -> list[File]:
    """Return a hand-in of one file."""
    return [File(name, text.encode(), 1000.0)]


def test_every_version_is_kept(tmp_path: Path) -> None:
    """Different bytes make a new version, numbered on; the last one is the latest."""
    store = Store(tmp_path / "submissions")
    first, is_new = store.add(TASK, "ada", files("x = 1"), "ada.py")
    second, _ = store.add(TASK, "ada", files("x = 2"), "ada (1).py")

    assert is_new
    assert [first, second] == store.versions(TASK, "ada")
    assert [version.sequence for version in store.versions(TASK, "ada")] == [1, 2]
    assert second == store.latest(TASK, "ada")
    assert store.latest(TASK, "bo") is None
    assert store.learners(TASK) == ["ada"]
    assert store.learners("other") == []


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    """What equals the latest version is not stored again; what equals an older one is."""
    store = Store(tmp_path)
    first, _ = store.add(TASK, "ada", files("x = 1"), "ada.py")

    assert (first, False) == store.add(TASK, "ada", files("x = 1"), "ada.py")

    store.add(TASK, "ada", files("x = 2"), "ada.py")
    third, is_new = store.add(TASK, "ada", files("x = 1"), "ada.py")

    assert is_new
    assert third.sequence == 3


def test_a_version_holds_bytes_dates_and_a_receipt(tmp_path: Path) -> None:
    """Files lie as they were handed in; the receipt says who, what and when."""
    store = Store(tmp_path)
    version, _ = store.add(TASK, "张三", [File("a/b.bin", b"\r\n\0\xff", 1234.0)], "张三.zip")
    receipt = json.loads((version.path.parent / "receipt.json").read_text(encoding="utf-8"))

    assert version.path == tmp_path / TASK / "张三" / f"001-{version.digest[:12]}" / "files"
    assert (version.path / "a/b.bin").read_bytes() == b"\r\n\0\xff"
    assert (version.path / "a/b.bin").stat().st_mtime == 1234.0
    assert version.collected.utcoffset() == timedelta(0)
    assert receipt == {
        "schema": "gradproof/receipt/v1",
        "learner": "张三",
        "assignment": TASK,
        "name": "张三.zip",
        "digest": version.digest,
        "size": 4,
        "collected": version.collected.isoformat(),
        "sequence": 1,
    }


def test_main_is_the_single_file_or_the_folder(tmp_path: Path) -> None:
    """What a version gives to the reader reads back with the same digest."""
    store = Store(tmp_path)
    single, _ = store.add(TASK, "ada", files(), "ada.py")
    several, _ = store.add(
        TASK, "bo", [*files(name=f"{TASK}.py"), *files("y = 1", "utils.py")], "bo"
    )

    assert single.main == single.path / "ada.py"
    assert several.main == several.path
    assert single.digest == read_submission(single.main, TASK).digest
    assert several.digest == read_submission(several.main, TASK).digest


def test_a_kill_midway_leaves_no_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a version is never seen, and what it left is cleared by the next one."""
    store = Store(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        patch.setattr("shutil.rmtree", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            store.add(TASK, "ada", files(), "ada.py")
    left = list((tmp_path / TASK / "ada").iterdir())

    assert [path.name.startswith(".tmp-") for path in left] == [True]
    assert store.versions(TASK, "ada") == []
    assert store.learners(TASK) == []

    version, _ = store.add(TASK, "ada", files("x = 2"), "ada.py")

    assert [version.path.parent] == list((tmp_path / TASK / "ada").iterdir())


def test_a_failed_write_cleans_up(tmp_path: Path) -> None:
    """If a file cannot be written, nothing of the version stays."""
    store = Store(tmp_path)
    with pytest.raises(OSError):
        store.add(TASK, "ada", [*files(name="a"), *files(name="a/b")], "ada")

    assert list((tmp_path / TASK / "ada").iterdir()) == []


def test_more_than_999_versions_stay_in_order(tmp_path: Path) -> None:
    """Numbers are compared as numbers."""
    store = Store(tmp_path)
    version, _ = store.add(TASK, "ada", files(), "ada.py")
    for number in (999, 1000):
        folder = version.path.parent
        target = folder.with_name(f"{number}-{version.digest[:12]}")
        target.mkdir()
        receipt = json.loads((folder / "receipt.json").read_text())
        (target / "receipt.json").write_text(json.dumps({**receipt, "sequence": number}))
    latest = store.latest(TASK, "ada")

    assert latest is not None
    assert latest.sequence == 1000


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"schema": "gradproof/receipt/v9"}', None])
def test_a_damaged_receipt_is_named(text: str | None, tmp_path: Path) -> None:
    """The instructor reads which file to mend."""
    store = Store(tmp_path)
    version, _ = store.add(TASK, "ada", files(), "ada.py")
    receipt = version.path.parent / "receipt.json"
    if text is None:
        receipt.unlink()
    else:
        receipt.write_text(text)

    with pytest.raises(UsageError, match=r"receipt\.json is missing or damaged"):
        store.latest(TASK, "ada")


def changed(path: Path) -> None:
    """Add a byte."""
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")


def renamed(path: Path) -> None:
    """Give it another name."""
    path.rename(path.with_name("other.py"))


def linked(path: Path) -> None:
    """Put a link to the same bytes in its place."""
    path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


def added(path: Path) -> None:
    """Put a file beside it."""
    (path.parent / "numpy.py").write_text("")


def emptied(path: Path) -> None:
    """Take its folder away."""
    shutil.rmtree(path.parent)


@pytest.mark.parametrize("tamper", [changed, renamed, linked, added, Path.unlink, emptied])
def test_what_was_tampered_with_is_noticed_and_can_be_collected_again(
    tamper: Callable[[Path], None], tmp_path: Path
) -> None:
    """One byte, a name, a link, a file more or less: it is not what was handed in."""
    store = Store(tmp_path)
    version, _ = store.add(TASK, "ada", files(), "ada.py")
    require_intact(version)
    tamper(version.path / "ada.py")

    with pytest.raises(UsageError, match=r"files.* was changed since it was collected"):
        require_intact(version)

    again, is_new = store.add(TASK, "ada", files(), "ada.py")

    assert (is_new, again.sequence, again.digest) == (True, 2, version.digest)
    require_intact(again)


@pytest.mark.skipif(sys.platform == "win32", reason="what is read-only cannot be removed there")
def test_collected_files_are_read_only(tmp_path: Path) -> None:
    """An editor that is opened on one by mistake does not save."""
    version, _ = Store(tmp_path).add(TASK, "ada", [*files(), *files(name="a/b.py")], "ada")
    modes = {path.stat().st_mode & 0o777 for path in version.path.rglob("*.py")}

    assert modes == {0o444}


@pytest.mark.parametrize("name", ["../ada", "a/b", "", ".", "..", "a:b", ".ada", "nul"])
def test_names_cannot_lead_elsewhere(name: str, tmp_path: Path) -> None:
    """Only safe identifiers become folders."""
    with pytest.raises(UsageError):
        Store(tmp_path).add(TASK, name, files(), "x")
    with pytest.raises(UsageError):
        Store(tmp_path).learners(name)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x"])
def test_files_cannot_lead_elsewhere(name: str, tmp_path: Path) -> None:
    """A file's path stays inside its version."""
    with pytest.raises(UsageError):
        Store(tmp_path).add(TASK, "ada", files(name=name), "x")
