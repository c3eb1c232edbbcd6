"""Parts of one work that lie side by side, without a roster."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.errors import SubmissionError
from grader.submission.collect import Collection, collect
from grader.submission.learner_names import Name, of_file
from grader.submission.register import NamingRules
from grader.submission.roster import read_roster
from grader.submission.slot import Slot
from grader.submission.store import Store

ONE = "def scale(x, factor):\n    return factor * x\n"
TWO = "def shift(x, by):\n    return x + by\n"
BOB = ONE + TWO
SLOT = Slot.of("warmup", ["scale", "shift"])


def zipped(tree: Mapping[str, str]) -> bytes:
    """Return a zip of *tree*."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in tree.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def placed(root: Path, tree: Mapping[str, str | bytes], as_zip: bool) -> Path:
    """Write *tree*, beside the work of another learner, as a folder or a zip."""
    tree = {"bob.py": BOB, **tree}
    if as_zip:
        with zipfile.ZipFile(root / "inbox.zip", "w") as archive:
            for name, data in tree.items():
                archive.writestr(name, data)
        return root / "inbox.zip"
    for name, data in tree.items():
        path = root / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return root / "inbox"


def notes(collection: Collection) -> dict[str, str]:
    """Return what is said of each learner's work."""
    return {taken.learner: taken.note for taken in collection.taken}


@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ada_warmup_part1.py", "ada_warmup_part2.py"),
        ("ada_part1_warmup.py", "ada_part2_warmup.py"),
        ("warmup_ada_part1.py", "warmup_ada_part2.py"),
        ("part1_ada_warmup.py", "part2_ada_warmup.py"),
        ("warmup_part1_ada.py", "warmup_part2_ada.py"),
        ("ada-warmup-Part-A (1).py", "ada-warmup-Part-B.py"),
        ("ada_q1.py", "ada_q2.py"),
        ("ada_warmup.py", "ada_warmup_exercise_2.py"),
        ("ada_warmup_第一部分.py", "ada_warmup_第二部分.py"),
        ("ada_warmup第1题.py", "ada_warmup（第2题）.py"),
        ("ada_warmup_part1/warmup.py", "ada_warmup_part2/warmup.py"),
    ],
)
def test_parts_are_one_learners_work(first: str, second: str, as_zip: bool, tmp_path: Path) -> None:
    """Whatever order their names have: each exercise counts from the part that has it."""
    source = placed(tmp_path, {first: ONE, second: TWO}, as_zip)

    collection = collect(source, "warmup", Store(tmp_path / "store"), slot=SLOT)

    said = notes(collection)
    assert sorted(said) == ["ada", "bob"]
    assert said["ada"] == f"scale from {first}; shift from {second}"
    assert (collection.refused, collection.notes) == ((), ())


@pytest.mark.parametrize("as_zip", [False, True])
def test_parts_of_a_chinese_name_are_one_learners_work(as_zip: bool, tmp_path: Path) -> None:
    """With and without a student's number beside it, as notebooks and as archives."""
    cell = '{"cells": [{"cell_type": "code", "source": "%s"}], "nbformat": 4}'
    tree: dict[str, str | bytes] = {
        "张伟_warmup_part1.ipynb": cell % ONE.replace("\n", "\\n"),
        "张伟_warmup_part2.ipynb": cell % TWO.replace("\n", "\\n"),
        "2023010123-李四-warmup-part1.py": ONE,
        "2023010123-李四-warmup-part2.py": TWO,
        "2023010124-赵六-part1/warmup.py": ONE,
        "2023010124-赵六-part2/warmup.py": TWO,
        "王五_warmup_part1.zip": zipped({"warmup.py": ONE}),
        "王五_warmup_part2.zip": zipped({"warmup.py": TWO}),
    }
    source = placed(tmp_path, tree, as_zip)

    collection = collect(source, "warmup", Store(tmp_path / "store"), slot=SLOT)

    said = notes(collection)
    assert sorted(said) == ["2023010123", "2023010124", "bob", "张伟", "王五"]
    texts = [text for who, text in said.items() if who != "bob"]
    assert all("scale from" in text and "shift from" in text for text in texts)
    assert (collection.refused, collection.notes) == ((), ())


@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize(
    "names",
    [
        ("ada_warmup_1.py", "ada_warmup_2.py"),
        ("ada_warmup.py", "ada_warmup_1.py"),
        ("张伟_warmup_1.ipynb", "张伟_warmup_2.ipynb"),
        ("ada_warmup1.py", "ada_warmup2.py"),
        ("2023010123-李四-warmup-1.py", "2023010123-李四-warmup-2.py"),
    ],
)
def test_bare_numbers_behind_the_assignment_are_asked_about(
    names: tuple[str, str], as_zip: bool, tmp_path: Path
) -> None:
    """They may tell parts, attempts or learners apart: nobody is made of them."""
    source = placed(tmp_path, dict.fromkeys(names, ONE), as_zip)

    collection = collect(source, "warmup", Store(tmp_path / "store"), slot=SLOT)

    assert list(notes(collection)) == ["bob"]
    assert {refused.origin for refused in collection.refused} == set(names)
    (reason,) = {refused.reason for refused in collection.refused}
    assert "_part1" in reason and "_v1" in reason


def test_a_number_that_stands_alone_is_no_part_of_the_name() -> None:
    """There is nothing to mistake it for; one that belongs to the name stays."""
    assert of_file("ada_warmup_1.py", "warmup") == Name("ada", number="1")
    assert of_file("warmup_1.py", "warmup") == Name("1")
    assert of_file("student_1_warmup.py", "warmup") == Name("student_1")
    assert of_file("ada_exercise_2.py", "exercise_2") == Name("ada")
    assert of_file("ada_lab12.py", "lab1") == Name("ada_lab12")


@pytest.mark.parametrize("name", ["warmup_part1.py", "part1.py", "第一部分_warmup.py"])
def test_a_part_is_nobody(name: str) -> None:
    """Without a learner's name, it is refused."""
    with pytest.raises(SubmissionError, match="cannot tell whose"):
        of_file(name, "warmup")


def test_a_later_version_of_a_part_counts_beside_the_other_part(tmp_path: Path) -> None:
    """The older version of that part is named."""
    wrong = ONE.replace("factor * x", "x")
    tree = {"ada_warmup_part1_v2.py": ONE, "ada_warmup_part1_v1.py": wrong}
    source = placed(tmp_path, {**tree, "ada_warmup_part2.py": TWO}, as_zip=False)
    store = Store(tmp_path / "store")

    collection = collect(source, "warmup", store, slot=SLOT)

    latest = store.latest("warmup", "ada")
    assert latest is not None
    assert sorted(path.name for path in latest.path.iterdir()) == [
        "ada_warmup_part1_v2.py",
        "ada_warmup_part2.py",
    ]
    assert {refused.origin: refused.reason for refused in collection.refused} == {
        "ada_warmup_part1_v1.py": "ada_warmup_part1_v2.py is a later version of this part."
    }


def test_whoever_a_roster_calls_like_a_part_stays_a_learner(tmp_path: Path) -> None:
    """A name that is in the roster is not read any further."""
    (tmp_path / "roster.csv").write_text("id\nada_q1\nada_q2\nbob\n", "utf-8")
    source = placed(tmp_path, {"ada_q1.py": ONE, "ada_q2.py": ONE}, as_zip=False)
    rules = NamingRules(read_roster(tmp_path / "roster.csv"))

    collection = collect(source, "warmup", Store(tmp_path / "store"), rules, slot=SLOT)

    assert sorted(notes(collection)) == ["ada_q1", "ada_q2", "bob"]


def test_parts_in_a_learners_own_archive_are_that_learners(tmp_path: Path) -> None:
    """They are called after the one whose archive it is, and not after several."""
    packed = zipped({"ada_warmup_part1.py": ONE, "ada_warmup_part2.py": TWO})
    source = placed(tmp_path, {"ada.zip": packed}, as_zip=False)

    collection = collect(source, "warmup", Store(tmp_path / "store"), slot=SLOT)

    assert sorted(notes(collection)) == ["ada", "bob"]
    assert collection.refused == ()
