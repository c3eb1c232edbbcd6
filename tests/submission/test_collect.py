import io
import os
import socket
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.submission import attempt as handin_module
from grader.submission.attempt import empty
from grader.submission.collect import Collection, collect
from grader.submission.files import MIB
from grader.submission.read import read_submission
from grader.submission.slot import Slot
from grader.submission.store import Store

TASK = "softmax_regression"
Tree = Mapping[str, bytes | str]


def zipped(tree: Tree) -> bytes:
    """Return a zip archive of *tree*: contents by path; later entries are younger."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (name, data) in enumerate(tree.items()):
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, number, 0))
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def folder(tmp_path: Path, tree: Tree) -> Path:
    """Write *tree* below a new folder; later entries are younger."""
    root = tmp_path / "source"
    root.mkdir(exist_ok=True)
    for number, (name, data) in enumerate(tree.items()):
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        os.utime(path, (1000 + number, 1000 + number))
    return root


def archive(tmp_path: Path, tree: Tree) -> Path:
    """Write *tree* as an archive."""
    path = tmp_path / "class.zip"
    path.write_bytes(zipped(tree))
    return path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty store."""
    return Store(tmp_path / "submissions")


def handed_in(store: Store) -> dict[str, list[str]]:
    """Return the files of every learner's latest version."""
    found = {}
    for learner in store.learners(TASK):
        version = store.latest(TASK, learner)
        assert version is not None
        paths = (path for path in version.path.rglob("*") if path.is_file())
        found[learner] = sorted(path.relative_to(version.path).as_posix() for path in paths)
    return found


def reasons(collection: Collection) -> dict[str, str]:
    """Return why what was refused, by origin."""
    return {refused.origin: refused.reason for refused in collection.refused}


@pytest.mark.parametrize("make", [folder, archive])
@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        pytest.param(
            {"ada.py": "1", "bo_softmax_regression.ipynb": "2"},
            {"ada": ["ada.py"], "bo": ["bo_softmax_regression.ipynb"]},
            id="a file per learner",
        ),
        pytest.param(
            {f"ada/{TASK}.py": "1", "ada/utils.py": "2", "bo/hw.py": "3", "bo/d/x.csv": "4"},
            {"ada": [f"{TASK}.py", "utils.py"], "bo": ["d/x.csv", "hw.py"]},
            id="a folder per learner",
        ),
        pytest.param(
            {"ada.ipynb.txt": "1", "bo/hw.ipynb.json": "2", "cy.zip": zipped({"a.py.txt": "3"})},
            {"ada": ["ada.ipynb.txt"], "bo": ["hw.ipynb.json"], "cy": ["a.py.txt"]},
            id="what a browser appends to a name",
        ),
        pytest.param(
            {"ada.zip": zipped({"hw/a.py": "1", "hw/b.py": "2"}), "bo.zip": zipped({"b.py": "3"})},
            {"ada": ["a.py", "b.py"], "bo": ["b.py"]},
            id="an archive per learner",
        ),
        pytest.param(
            {"ada/hw.zip": zipped({"a.py": "1"}), "ada/note.txt": "2", "bo/x.py": "3"},
            {"ada": ["hw/a.py", "note.txt"], "bo": ["x.py"]},
            id="an archive in a learner's folder",
        ),
        pytest.param(
            {
                f"ada/{TASK}/{TASK}.ipynb": "1",
                "ada/lenet/lenet.ipynb": "2",
                f"bo/{TASK}/timestamp.txt": "3",
                f"bo/{TASK}/{TASK}.ipynb": "4",
            },
            {"ada": [f"{TASK}.ipynb"], "bo": [f"{TASK}.ipynb", "timestamp.txt"]},
            id="nbgrader",
        ),
        pytest.param(
            {
                "Ada L_123_assignsubmission_file/a.py": "1",
                "张 三_124_assignsubmission_file_/b.py": "2",
                "Bo_125_assignsubmission_file_c.py": "3",
            },
            {"Ada L-123": ["a.py"], "Bo-125": ["c.py"], "张 三-124": ["b.py"]},
            id="Moodle",
        ),
        pytest.param(
            {
                f"lovelaceada_7_11_{TASK}-1.ipynb": "1",
                "lovelaceada_7_12_utils.py": "2",
                "bo_LATE_8_13_hw.py": "3",
                "bo_LATE_8_14_x.txt": "4",
            },
            {"bo-8": ["hw.py", "x.txt"], "lovelaceada-7": [f"{TASK}.ipynb", "utils.py"]},
            id="Canvas",
        ),
        pytest.param(
            {
                "ada.py": "1",
                ".DS_Store": "x",
                "__MACOSX/._ada.py": "x",
                "bo/.ipynb_checkpoints/b.py": "x",
                "bo/b.py": "2",
            },
            {"ada": ["ada.py"], "bo": ["b.py"]},
            id="junk",
        ),
        pytest.param(
            {
                "ada/work.py": "1",
                "ada/env/pyvenv.cfg": "home = x",
                "ada/env/bin/activate_this.py": "2",
                "ada/env/lib/python3/site-packages/numpy/core.py": "3",
                "bo/pyvenv.cfg": "home = x",
                "bo/Scripts/run.py": "4",
                "bo/work.py": "5",
                "bo/web/node_modules/gyp/gyp.py": "6",
                "cy/bin/train.py": "7",
            },
            {"ada": ["work.py"], "bo": ["work.py"], "cy": ["train.py"]},
            id="virtual environments, also around the work",
        ),
    ],
)
def test_classes_of_every_shape_are_collected(
    make: Callable[[Path, Tree], Path],
    tree: Tree,
    expected: dict[str, list[str]],
    tmp_path: Path,
    store: Store,
) -> None:
    """Whatever platform handed it over, each learner has a version; again changes nothing."""
    source = make(tmp_path, tree)
    first = collect(source, TASK, store)
    again = collect(source, TASK, store)

    assert expected == handed_in(store)
    assert first.refused == ()
    assert sorted(expected) == [taken.learner for taken in first.taken]
    assert again.taken == ()
    assert first.taken == again.unchanged


def test_a_canvas_hand_in_can_be_late(tmp_path: Path, store: Store) -> None:
    """The platform's mark is passed on."""
    collection = collect(
        folder(tmp_path, {"bo_8_13_hw.py": "3", "bo_LATE_8_14_x.csv": "4"}), TASK, store
    )

    assert [taken.note for taken in collection.taken] == ["late, according to the platform"]


def test_a_folder_around_the_class_is_looked_into(tmp_path: Path, store: Store) -> None:
    """Zipping a folder wraps it around everything; the report says that it was opened."""
    source = archive(tmp_path, {"class/ada.py": "1", "class/bo/x.py": "2", "class/cy/": ""})
    collection = collect(source, TASK, store)

    assert handed_in(store) == {"ada": ["ada.py"], "bo": ["x.py"]}
    assert reasons(collection) == {"cy": str(empty())}
    assert collection.notes == ("Everything was in the folder class; its contents were collected.",)


@pytest.mark.parametrize(
    "name", [f"ada/{TASK}.py", f"ada/{TASK}/x.py", "ada_1_assignsubmission_file/x.py"]
)
def test_a_class_of_one_keeps_its_folder(name: str, tmp_path: Path, store: Store) -> None:
    """A single learner's folder is no wrapping if it looks like a hand-in."""
    collect(archive(tmp_path, {name: "1"}), TASK, store)

    assert store.learners(TASK) in (["ada"], ["ada-1"])


def test_all_files_of_one_learner_are_kept(tmp_path: Path, store: Store) -> None:
    """They become versions by date, the last counts, the report says so; again is idle."""
    source = folder(tmp_path, {"ada.py": "1", "ada (1).py": "2", "ada.ipynb": "3", "bo.py": "4"})
    first = collect(source, TASK, store)
    again = collect(source, TASK, store)

    assert [(taken.origin, taken.sequence) for taken in first.taken] == [
        ("ada.py", 1),
        ("ada (1).py", 2),
        ("ada.ipynb", 3),
        ("bo.py", 1),
    ]
    assert first.notes == again.notes
    assert first.notes == (
        "ada has 3 submissions here (ada.py, ada (1).py, ada.ipynb); ada.ipynb counts.",
    )
    assert again.taken == ()
    assert len(store.versions(TASK, "ada")) == 3


def test_an_older_hand_in_given_again_counts(tmp_path: Path, store: Store) -> None:
    """Who hands in an earlier state again has it as the latest."""
    for text in ("1", "2", "1"):
        collect(folder(tmp_path, {"ada.py": text}), TASK, store)
    latest = store.latest(TASK, "ada")

    assert latest is not None
    assert latest.sequence == 3
    assert latest.main.read_text() == "1"


def test_one_bad_entry_never_stops_the_others(tmp_path: Path, store: Store) -> None:
    """Every kind of useless entry is refused by name, with a reason, and bo is taken."""
    source = folder(
        tmp_path,
        {
            f"{TASK}.py": "1",
            "report.pdf": "2",
            "ada.rar": "3",
            "cy/": "",
            "di/a.docx": "4",
            "di/b.pdf": "5",
            "ed.zip": b"PK not really",
            "flo.zip": zipped({"a.txt": "6"}),
            "gus/bad.zip": b"no",
            "gus/a.txt": b"no",
            f"{TASK}/x.py": "7",
            "bo.py": "8",
        },
    )
    with (source / "huge.ipynb").open("wb") as file:
        file.truncate(65 * MIB)
    (source / "link.py").symlink_to(source / "bo.py")
    os.mkfifo(source / "pipe.py")
    with socket.socket(socket.AF_UNIX) as unix:
        here = Path.cwd()
        os.chdir(source)
        unix.bind("socket.py")
        os.chdir(here)
        collection = collect(source, TASK, store)

    assert handed_in(store) == {"bo": ["bo.py"]}
    found = reasons(collection)
    expected = {
        f"{TASK}.py": "name the file <learner>.py",
        "report.pdf": "this file type is not accepted",
        "ada.rar": "this kind of archive is not unpacked here",
        "cy": "it is empty, or holds only",
        "di": "no .py or .ipynb file among: a.docx, b.pdf.",
        "ed.zip": "incomplete or damaged",
        "flo.zip": "no .py or .ipynb file among: a.txt.",
        "gus": "no .py or .ipynb file among: a.txt, gus/bad.zip.",
        TASK: "name the folder after the learner",
        "huge.ipynb": "65.0 MiB, over the limit of 64 MiB; clear the outputs",
        "link.py": "this is a link",
        "pipe.py": "not a regular file",
        "socket.py": "not a regular file",
    }

    assert expected.keys() == found.keys()
    assert [name for name, reason in expected.items() if reason not in found[name]] == []


def test_what_cannot_be_read_is_refused(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file without permission is named with the system's reason."""
    source = folder(tmp_path, {"ada.py": "1", "bo.py": "2"})
    real = os.open

    def guarded(path: Path, *arguments: int) -> int:
        if Path(path).name == "ada.py":
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments)

    monkeypatch.setattr(os, "open", guarded)
    collection = collect(source, TASK, store)

    assert reasons(collection) == {
        "ada.py": "it cannot be read (Permission denied); check its permissions."
    }
    assert store.learners(TASK) == ["bo"]


def test_a_useless_file_beside_the_code_is_left_out(tmp_path: Path, store: Store) -> None:
    """The rest of the hand-in is taken, and the report names what was not."""
    source = folder(tmp_path, {"ada/a.py": "1", "ada/bad.zip": b"no", "bo.py": "2"})
    with (source / "ada/model.pt").open("wb") as file:
        file.truncate(40 * MIB)
    (source / "ada/linked.py").symlink_to("/etc/passwd")
    collection = collect(source, TASK, store)

    assert handed_in(store) == {"ada": ["a.py"], "bo": ["bo.py"]}
    assert sorted(reasons(collection)) == ["ada/bad.zip", "ada/linked.py", "ada/model.pt"]


def test_a_hand_in_is_bounded(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes and files of one learner are counted together, archives included."""
    monkeypatch.setattr(handin_module, "MAX_LEARNER", MIB)
    monkeypatch.setattr(handin_module, "MAX_FILES", 5)
    large = b"0" * (MIB // 2 + 1)
    source = folder(
        tmp_path,
        {
            "ada.zip": zipped({"a.py": large, "b.py": large}),
            "bo.zip": zipped({f"{number}.py": "" for number in range(6)}),
            "cy/a.py": large,
            "cy/b.zip": zipped({"c.py": large}),
            "di.py": large,
        },
    )
    collection = collect(source, TASK, store)

    assert store.learners(TASK) == ["di"]
    assert reasons(collection) == {
        "ada.zip": "its total size is over 1 MiB; leave out data sets and models.",
        "bo.zip": (
            "it contains more than 5 files; is it the right one? "
            "Leave out virtual environments and data sets."
        ),
        "cy": "its total size is over 1 MiB; leave out data sets and models.",
    }


def test_data_beyond_the_bounds_is_left_out(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Code comes first, wherever it stands; of data sets there is as much as there is room for."""
    monkeypatch.setattr(handin_module, "MAX_LEARNER", MIB)
    monkeypatch.setattr(handin_module, "MAX_FILES", 5)
    large = b"0" * (MIB // 2 + 1)
    source = folder(
        tmp_path,
        {
            "ada.zip": zipped({"a.bin": large, "b.bin": large, "c/d.py": "1", "e.csv": "2"}),
            "bo/a.bin": large,
            "bo/b.bin": large,
            "bo/c.zip": zipped({"d.py": "3"}),
            **{f"cy/{number}.png": "" for number in range(6)},
            "cy/z.ipynb": "4",
        },
    )
    collection = collect(source, TASK, store)

    assert handed_in(store) == {
        "ada": ["a.bin", "c/d.py", "e.csv"],
        "bo": ["a.bin", "c/d.py"],
        "cy": ["z.ipynb"],
    }
    assert reasons(collection) == {
        "ada.zip/b.bin": "its total size is over 1 MiB; leave out data sets and models.",
        "bo/b.bin": "its total size is over 1 MiB; leave out data sets and models.",
        "cy": (
            "it contains more than 5 files; is it the right one? "
            "Leave out virtual environments and data sets."
        ),
    }


def test_archives_in_a_hand_in_are_bounded(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unpacking archives over and over is cut off, whatever little comes out of them."""
    monkeypatch.setattr(handin_module, "MAX_LEARNER", MIB)
    padding = b"0" * (MIB // 2 + 1)
    files = {"ada/a.py": "1", "ada/b.zip": padding, "ada/c.zip": padding, "bo.py": "2"}
    source = folder(tmp_path, files)
    collection = collect(source, TASK, store)

    assert "incomplete or damaged" in reasons(collection)["ada/b.zip"]
    assert "over the limit of 1 MiB" in reasons(collection)["ada/c.zip"]


def test_an_entry_without_a_name_stops_nobody(tmp_path: Path, store: Store) -> None:
    """It is refused, and whoever else is in the archive, or beside it, is taken."""
    nameless = zipfile.ZipInfo("x")
    nameless.filename = ""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr(nameless, "1")
        made.writestr("a.py", "2")
    collection = collect(
        folder(tmp_path, {"ada.zip": buffer.getvalue(), "bo.py": "3"}), TASK, store
    )

    assert ["ada", "bo"] == store.learners(TASK)
    assert ["ada.zip/"] == [refused.origin for refused in collection.refused]


def test_an_archive_of_a_class_is_bounded(tmp_path: Path, store: Store) -> None:
    """Beyond its bound the rest is refused, and the sentence says what to do."""
    source = archive(tmp_path, {"ada.py": b"0" * MIB, "bo.py": b"0" * MIB, "cy.py": b"1"})
    collection = collect(source, TASK, store, most_unpacked=MIB + 10)

    assert store.learners(TASK) == ["ada"]
    assert "unpack it and collect the folder" in reasons(collection)["bo.py"]


def test_archives_nest_three_deep(tmp_path: Path, store: Store) -> None:
    """One level more is refused."""
    two = zipped({"b.zip": zipped({"a.py": "1"})})
    source = archive(tmp_path, {"ada.zip": two, "bo.zip": zipped({"c.zip": two})})
    collection = collect(source, TASK, store)

    assert handed_in(store) == {"ada": ["a.py"]}
    assert reasons(collection) == {"bo.zip": "it contains too many nested archives; zip it once."}


def test_bad_paths_in_a_learners_archive_are_refused(tmp_path: Path, store: Store) -> None:
    """An entry that leads out is named; nothing is written outside, the rest is taken."""
    source = folder(tmp_path, {"ada.zip": zipped({"../../evil.py": "1", "a.py": "2"})})
    collection = collect(source, TASK, store)

    assert handed_in(store) == {"ada": ["a.py"]}
    assert reasons(collection) == {"ada.zip/../../evil.py": "its path leads out of the archive."}
    assert list(tmp_path.rglob("evil.py")) == []


def test_names_that_differ_in_case_are_noted(tmp_path: Path, store: Store) -> None:
    """Ada and ada stay two learners, and the instructor is told."""
    collect(folder(tmp_path, {"ada.py": "1"}), TASK, store)
    collection = collect(folder(tmp_path, {"Ada.py": "2"}), TASK, store)

    assert store.learners(TASK) == ["Ada", "ada"]
    assert collection.notes == (
        "Ada, ada differ only in case and count as different learners; are they the same person?",
    )


def test_a_damaged_store_stops_only_its_learner(tmp_path: Path, store: Store) -> None:
    """A receipt that cannot be read refuses that learner's hand-in alone."""
    source = folder(tmp_path, {"ada.py": "1", "bo.py": "2"})
    collect(source, TASK, store)
    version = store.latest(TASK, "ada")
    assert version is not None
    (version.path.parent / "receipt.json").write_text("{")
    collection = collect(source, TASK, store)

    assert list(reasons(collection)) == ["ada.py"]
    assert [taken.learner for taken in collection.unchanged] == ["bo"]


def test_collected_work_can_be_read(tmp_path: Path, store: Store) -> None:
    """What goes in by collecting comes out by reading; of two main files the later one."""
    source = archive(
        tmp_path, {f"ada/{TASK}.ipynb": '{"cells": []}', f"ada/{TASK}.py": "import torch"}
    )
    collect(source, TASK, store)
    version = store.latest(TASK, "ada")
    assert version is not None
    submission = read_submission(version.main, TASK)

    assert submission.framework == "torch"


def test_a_single_file_is_collected(tmp_path: Path, store: Store) -> None:
    """A source may be one learner's file."""
    collect(folder(tmp_path, {"ada.py": "1"}) / "ada.py", TASK, store)

    assert handed_in(store) == {"ada": ["ada.py"]}


@pytest.mark.parametrize(
    ("tree", "name", "reason"),
    [
        ({}, "", "contains nothing to collect"),
        ({".DS_Store": "x"}, "", "contains nothing to collect"),
        ({"a.zip": zipped({})}, "a.zip", "contains nothing to collect"),
        ({"a.zip": b""}, "a.zip", "incomplete or damaged"),
        ({"a.pdf": b"%PDF"}, "a.pdf", "incomplete or damaged"),
        ({}, "nowhere", "no file or folder"),
    ],
)
def test_a_useless_source_is_a_usage_error(
    tree: Tree, name: str, reason: str, tmp_path: Path, store: Store
) -> None:
    """A source that is missing, empty or broken as a whole is said to be so."""
    source = folder(tmp_path, tree) / name

    with pytest.raises(UsageError, match=reason):
        collect(source, TASK, store)


def test_origins_are_safe_to_print(tmp_path: Path, store: Store) -> None:
    """Names that would command a terminal are shown without their control characters."""
    source = folder(tmp_path, {"\x1b[31mada.py": "1", "\x1b.pdf": "2"})
    collection = collect(source, TASK, store)

    assert store.learners(TASK) == ["_[31mada"]
    assert [taken.origin for taken in collection.taken] == ["\ufffd[31mada.py"]
    assert list(reasons(collection)) == ["\ufffd.pdf"]


WORK, OTHER, EMPTY = (
    f"def softmax(X):\n    {body}\n" for body in ("return X", "return 2 * X", "pass")
)
SLOT = Slot.of(TASK, ["softmax"], [EMPTY], {"algebra": ("solve",)})


def test_a_later_attempt_without_work_replaces_nothing(tmp_path: Path, store: Store) -> None:
    """It is kept and said; collected together, afterwards or again."""
    source = folder(tmp_path, {"ada.py": WORK, "ada (1).py": EMPTY})
    together = collect(source, TASK, store, slot=SLOT)
    again = collect(source, TASK, store, slot=SLOT)
    later = collect(folder(tmp_path, {"ada.py": EMPTY + "\n"}) / "ada.py", TASK, store, slot=SLOT)

    counting = store.latest(TASK, "ada")
    assert counting is not None and counting.sequence == 1
    assert together.notes == again.notes
    assert together.notes == ("ada has 2 submissions here (ada.py, ada (1).py); ada.py counts.",)
    assert again.taken == ()
    empty = "nothing is written in it, it is the starter"
    kept = "it does not replace version 1, which counts"
    assert [taken.note for taken in together.taken] == ["", f"{empty}; {kept}"]
    assert [(one.sequence, one.note) for one in later.taken] == [(3, f"{empty}; {kept}")]


def test_what_a_later_attempt_lacks_is_said(tmp_path: Path, store: Store) -> None:
    """It counts, as the latest; but whoever forgot a file should hear of it."""
    slot = Slot.of(TASK, ["softmax", "check"], [EMPTY])
    whole, part = f"{WORK}\ndef check(x):\n    return x\n", WORK
    for text in (whole, part, part + "\n", whole):
        source = folder(tmp_path, {"ada.py": text}) / "ada.py"
        (taken,) = collect(source, TASK, store, slot=slot).taken
        lacks = "check written in version 1, and not in this one"
        assert taken.note == (lacks if taken.sequence == 2 else "")


def test_the_first_attempt_may_be_empty(tmp_path: Path, store: Store) -> None:
    """It counts as long as there is no other, and work replaces it."""
    collect(folder(tmp_path, {"ada.py": EMPTY}), TASK, store, slot=SLOT)
    first = store.latest(TASK, "ada")
    collect(folder(tmp_path, {"ada.py": WORK}), TASK, store, slot=SLOT)
    second = store.latest(TASK, "ada")

    assert first and second
    assert [(first.sequence, first.blank), (second.sequence, second.blank)] == [
        (1, True),
        (2, False),
    ]


def test_collecting_says_which_files_count(tmp_path: Path, store: Store) -> None:
    """And by which rule, where several are written; other work is named, too."""
    tree = {
        f"ada/{TASK}.py": EMPTY,
        "ada/final.py": WORK,
        f"bo/{TASK}.py": WORK,
        "bo/old.py": OTHER,
        "cy.py": "def solve(A, b): return b",
        "di.py": WORK,
        f"ed/{TASK}.py": EMPTY,
        "ed/tests/test_it.py": WORK,
        "fay/test_it.py": WORK,
        f"gil/{TASK}.py": f"from lib import softmax as mine\n{WORK}",
        "gil/lib.py": OTHER,
    }

    collection = collect(folder(tmp_path, tree), TASK, store, slot=SLOT)

    notes = {taken.learner: taken.note for taken in collection.taken}
    assert notes["ada"] == f"softmax from final.py; empty in {TASK}.py"
    decided = "otherwise written in old.py: the file's name, then its date decided"
    assert notes["bo"] == f"softmax from {TASK}.py; {decided}"
    assert notes["cy"].startswith("this is the work of another assignment, algebra")
    assert notes["di"] == notes["gil"] == ""
    assert notes["ed"] == (
        "nothing is written in it, it is the starter; also written in tests/test_it.py: files of "
        "tests do not count"
    )
    assert notes["fay"] == "softmax from test_it.py"
