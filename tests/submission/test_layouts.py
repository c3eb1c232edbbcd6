"""What every platform hands over is read as it comes, zipped or unpacked."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.submission.collect import Collection, collect
from grader.submission.layouts import LAYOUTS
from grader.submission.store import Store

TASK = "warmup"
Tree = Mapping[str, str | bytes]

GRADESCOPE = """\
submission_11:
  :submitters:
  - :name: Ada Example
    :sid: '0012'
    :email: ada@example.edu
  :created_at: 2026-11-03 10:00:00.000000000 Z
submission_12:
  :submitters:
  - :name: Bob Example
    :email: bob@example.edu
  - :name: Cyd Example
    :email: cyd@example.edu
  :created_at: 2026-11-03 10:01:00.000000000 Z
"""


def zipped(tree: Tree) -> bytes:
    """Return a zip archive of *tree*; of two entries the later one is younger."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (name, data) in enumerate(tree.items()):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, number, 0)), data)
    return buffer.getvalue()


#: by name: what is handed over, and who submitted which text last
CLASSES: dict[str, tuple[Tree, dict[str, list[str]]]] = {
    "Canvas": (
        {
            "exampleada_LATE_501_9001_warmup.py": "ada 1",
            "exampleada_502_9002_warmup-2.py": "another ada",
            "_507_9007_warmup.py": "no letters",
            "o_brien_pat_506_9006_warmup.py": "pat",
            "bob_508_9010_bob.zip": zipped({"bob/warmup.py": "bob"}),
            "zhang_509_9011_2023001_张三.py": "zhang",
        },
        {
            "exampleada-501": ["ada 1"],
            "exampleada-502": ["another ada"],
            "507": ["no letters"],
            "o_brien_pat-506": ["pat"],
            "bob-508": ["bob"],
            "zhang-509": ["zhang"],
        },
    ),
    "Moodle": (
        {
            "Ada L_12_assignsubmission_file/warmup.py": "ada",
            "Ada L_12_assignsubmission_onlinetext/onlinetext.html": "hello",
            "张 三_13_assignsubmission_file_/warmup.py": "zhang",
            "Bo_14_assignsubmission_file_bo.zip": zipped({"warmup.py": "bo"}),
        },
        {"Ada L-12": ["ada", "hello"], "张 三-13": ["zhang"], "Bo-14": ["bo"]},
    ),
    "Gradescope": (
        {
            "assignment_48_export/submission_metadata.yml": GRADESCOPE,
            "assignment_48_export/submission_11/warmup.py": "ada",
            "assignment_48_export/submission_12/warmup.py": "bob and cyd",
        },
        {
            "0012": ["ada"],
            "bob@example.edu": ["bob and cyd"],
            "cyd@example.edu": ["bob and cyd"],
        },
    ),
    "Blackboard": (
        {
            "Warm-up_ab12_attempt_2026-11-03-23-12-33_warmup.py": "second",
            "Warm-up_ab12_attempt_2026-11-03-09-12-33_warmup.py": "first",
            "Warm-up_ab12_attempt_2026-11-03-09-12-33.txt": "Name: Ada (ab12)",
            "Warm-up_c_d_attempt_2026-11-03-10-00-01_warmup.py": "cd",
            "Warm-up_c_d_attempt_2026-11-03-10-00-01.txt": "Name: Cyd (c_d)",
        },
        {"ab12": ["second"], "c_d": ["cd"]},
    ),
    "Brightspace": (
        {
            "index.html": "<html>",
            "18311-2207 - Ada Example - Nov 3, 2026 1157 PM/warmup.py": "second",
            "18311-2207 - Ada Example - Nov 3, 2026 957 AM/warmup.py": "first",
            "18312-2207 - Bob Example - Nov 3, 2026 111 AM/warmup.py": "bob",
        },
        {"Ada Example-18311": ["second"], "Bob Example-18312": ["bob"]},
    ),
    "Autolab": (
        {
            "ada@uni.example_10_warmup.py": "tenth",
            "ada@uni.example_9_warmup.py": "ninth",
            "b_b@uni.example_1_bob.zip": zipped({"warmup.py": "bob"}),
        },
        {"ada@uni.example": ["tenth"], "b_b@uni.example": ["bob"]},
    ),
    "GitHub Classroom": (
        {
            "warmup-submissions/warmup-ada-dev/warmup.py": "ada",
            "warmup-submissions/warmup-ada-dev/.github/workflows/classroom.yml": "on: push",
            "warmup-submissions/warmup-bob99/warmup.py": "bob",
            "warmup-submissions/warmup-bob99/.github/workflows/classroom.yml": "on: push",
        },
        {"ada-dev": ["ada", "on: push"], "bob99": ["bob", "on: push"]},
    ),
    "Classroom 50": (
        {
            "dl_submissions_2026_05_09_T_14_30_45/dl-warmup-ada-dev/warmup.py": "ada",
            "dl_submissions_2026_05_09_T_14_30_45/dl-warmup-ada-dev/.github/a.yml": "a",
            "dl_submissions_2026_05_09_T_14_30_45/dl-warmup-bob/warmup.py": "bob",
            "dl_submissions_2026_05_09_T_14_30_45/dl-warmup-bob/.github/a.yml": "a",
            "dl_submissions_2026_05_09_T_14_30_45/scores.csv": "score",
        },
        {"ada-dev": ["a", "ada"], "bob": ["a", "bob"]},
    ),
    "Sakai": (
        {
            "Warm-up/grades.csv": "score",
            "Warm-up/Lovelace, Ada(adal)/timestamp.txt": "20261103095733123",
            "Warm-up/Lovelace, Ada(adal)/Submission attachment(s)/warmup.py": "ada",
            "Warm-up/Li, Bo(bo7)/Submission attachment(s)/warmup.py": "bo",
            "Warm-up/Li, Bo(bo7)/Li, Bo(bo7)_submissionText.html": "",
        },
        {"adal": ["ada"], "bo7": ["bo"]},
    ),
    "ILIAS": (
        {
            "Lovelace_Ada_adal_4711/warmup.py": "ada",
            "von_Berg_Bo_bo7_4712/Verspaetete Abgabe - warmup.py": "bo",
        },
        {"adal": ["ada"], "bo7": ["bo"]},
    ),
    "nbgrader": (
        {
            "ada+warmup+2026-11-20 11:00:00 UTC+2c/warmup.py": "second",
            "ada+warmup+2026-11-20 10:00:00 UTC+1a/warmup.py": "first",
            "bob+warmup+2026-11-20 10:00:00 UTC/warmup.py": "bob",
            "bob+other+2026-11-20 12:00:00 UTC/other.py": "other",
        },
        {"ada": ["second"], "bob": ["bob"]},
    ),
    "sections": (
        {
            "Section A/ada/warmup.py": "ada",
            "Section A/bob_warmup.py": "bob",
            "Section B/cyd.zip": zipped({"warmup.py": "cyd"}),
            "软件工程1班/张三/hw.py": "zhang",
            "3班/李四.py": "li",
            "王五3班/hw.py": "wang",
        },
        {
            **{"ada": ["ada"], "bob": ["bob"], "cyd": ["cyd"]},
            **{"张三": ["zhang"], "李四": ["li"], "王五3班": ["wang"]},
        },
    ),
    "number, name, assignment": (
        {
            "2023010123-张三-warmup.py": "first",
            "2023010123_张三_warmup（修改版）.py": "second",
            "张三2023010123.py": "third",
            "2023010124 李四 warmup 最终版.zip": zipped({"warmup.py": "li"}),
            "warmup_王五_2023010125_20261103.py": "wang",
        },
        {"2023010123": ["third"], "2023010124": ["li"], "2023010125": ["wang"]},
    ),
    "attempts in names": (
        {"ada_v10_warmup.py": "tenth", "ada_v9_warmup.py": "ninth", "bob/warmup.py": "bob"},
        {"ada": ["tenth"], "bob": ["bob"]},
    ),
    "archives of learners": (
        {
            "ada_warmup (1).zip": zipped({"hw/warmup.py": "ada"}),
            "bob.zip": zipped({"warmup/warmup.py": "bob", "other/other.py": "other"}),
        },
        {"ada": ["ada"], "bob": ["bob"]},
    ),
}


def unpacked(tree: Tree, root: Path) -> Path:
    """Write *tree* below *root*, dates with it; zips become folders, as a file manager has it."""
    for number, (name, data) in enumerate(tree.items()):
        path = root / name
        if isinstance(data, bytes):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                archive.extractall(path.with_suffix(""))
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data, encoding="utf-8")
        os.utime(path, (1000 + number, 1000 + number))
    return root


def kept(store: Store) -> dict[str, list[str]]:
    """Return the texts of every learner's latest version."""
    found = {}
    for learner in store.learners(TASK):
        version = store.latest(TASK, learner)
        assert version is not None
        files = [path for path in version.path.rglob("*") if path.is_file()]
        found[learner] = sorted(path.read_text(encoding="utf-8") for path in files)
    return found


def digests(store: Store) -> dict[str, list[str]]:
    """Return the digests of every learner's versions, in order."""
    return {who: [v.digest for v in store.versions(TASK, who)] for who in store.learners(TASK)}


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Store]:
    """Return as many empty stores as are asked for."""
    return (Store(tmp_path / f"store{number}") for number in range(9))


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_is_read_as_its_platform_hands_it_over(
    name: str, tmp_path: Path, stores: Iterator[Store]
) -> None:
    """Everybody is one learner, the last attempt counts, and nothing of the platform's is left."""
    tree, expected = CLASSES[name]
    source = tmp_path / "class.zip"
    source.write_bytes(zipped(tree))
    store = next(stores)
    collection = collect(source, TASK, store)

    assert () == collection.refused
    assert expected == kept(store)


@pytest.mark.parametrize("name", CLASSES)
def test_unpacking_changes_nobody(name: str, tmp_path: Path, stores: Iterator[Store]) -> None:
    """A zip, the folder that comes of it, and one in which learners' zips are unpacked agree."""
    tree, _expected = CLASSES[name]
    archive = tmp_path / "class.zip"
    archive.write_bytes(zipped(tree))
    once = tmp_path / "once" / "class"
    shutil.unpack_archive(archive, once)
    for number, path in enumerate(tree):
        os.utime(once / path, (1000 + number, 1000 + number))
    sources = [archive, once, unpacked(tree, tmp_path / "twice" / "class")]
    found = []
    for source in sources:
        store = next(stores)
        collect(source, TASK, store)
        found.append(digests(store))

    assert found[0] == found[1]
    assert found[0] == found[2]


@pytest.mark.parametrize("name", CLASSES)
def test_a_folder_around_the_class_changes_nobody(
    name: str, tmp_path: Path, stores: Iterator[Store]
) -> None:
    """Whoever zips a folder of the class wraps it once more, under the name of the zip."""
    tree, expected = CLASSES[name]
    if next(iter(tree)).count("/") < 2:
        tree = {f"class/{path}": data for path, data in tree.items()}
    source = tmp_path / "class.zip"
    source.write_bytes(zipped(tree))
    store = next(stores)
    collect(source, TASK, store)

    assert expected == kept(store)


def test_every_platform_has_a_class_here() -> None:
    """No row of the table goes without a test."""
    assert {layout.platform for layout in LAYOUTS} - CLASSES.keys() == {""}


def refused(tmp_path: Path, store: Store, tree: Tree) -> Collection:
    """Collect *tree* from a folder."""
    return collect(unpacked(tree, tmp_path / "class"), TASK, store)


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        ({"submission_11/warmup.py": "1"}, "submission_metadata.yml, which is not here"),
        (
            {"submission_11/warmup.py": "1", "submission_metadata.yml": "submission_12: {}"},
            "does not say whose",
        ),
        ({"submission_11/warmup.py": "1", "submission_metadata.yml": "{"}, "does not say whose"),
        (
            {
                "A_li_attempt_2026-11-03-09-12-33_a.py": "1",
                "B_li_attempt_2026-11-03-09-12-33_a.py": "2",
            },
            "where the title ends",
        ),
        (
            {"2023010123-张三-warmup.py": "1", "2023010123-李四-warmup.py": "2"},
            "2023010123 stands for several here (张三, 李四)",
        ),
        (
            {
                "Lovelace_Ada_ada_4711/warmup.py": "1",
                "Byron_Ada_ada_4712/warmup.py": "2",
                "Body_Some_somebody_4713/warmup.py": "3",
            },
            "ada stands for several here",
        ),
        ({"Team 12/Ada Lovelace/warmup.py": "1"}, "Team 12 is a team"),
        (
            {"team_3_505_9005_warmup.py": "1", "somebody_506_9006_warmup.py": "2"},
            "which of its numbers",
        ),
        (
            {"morning/ada_warmup.py": "1", "morning/bob_warmup.py": "2"},
            "the work of several learners (ada, bob)",
        ),
        (
            {"morning/ada/warmup.py": "1", "morning/bob/warmup.py": "2"},
            "the work of several learners (ada, bob)",
        ),
        ({"Section A.zip.": "1", "Section B/x.txt": ""}, "this file type"),
        ({"all.zip": zipped({"ada_warmup.py": "1", "bob_warmup.py": "2"})}, "several learners"),
    ],
)
def test_what_is_ambiguous_becomes_nobody(
    tree: Tree, reason: str, tmp_path: Path, stores: Iterator[Store]
) -> None:
    """Whoever it is that cannot be told is refused with a reason, and the others are taken."""
    source = tmp_path / "class.zip"
    others = {} if "somebody" in str(tree) else {"somebody.py": "x"}
    source.write_bytes(zipped({**tree, **others}))
    store = next(stores)
    collection = collect(source, TASK, store)

    assert ["somebody"] == [who.removesuffix("-506") for who in store.learners(TASK)]
    assert any(reason in some.reason for some in collection.refused)


def test_a_single_folder_that_may_be_both_is_refused(
    tmp_path: Path, stores: Iterator[Store]
) -> None:
    """One folder of files may be a class as well as a learner; what to say then is said."""
    source = unpacked({"hw1/ada.py": "1", "hw1/bob.py": "2"}, tmp_path / "inbox")

    with pytest.raises(UsageError, match=r"Is it a class\?.*--pattern"):
        collect(source, TASK, next(stores))


@pytest.mark.parametrize(
    "tree",
    [
        {"ada/hw.py": "1"},
        {"ada/warmup.py": "1", "ada/utils.py": "2"},
        {"ada/warmup/warmup.py": "1", "ada/other/x.py": "2"},
        {"ada/v1/warmup.py": "1", "ada/v2/warmup.py": "2"},
        {"ada/warmup_final.py": "1", "ada/old_warmup.py": "2"},
        {"ada/part1_warmup.py": "1", "ada/part2_warmup.py": "2"},
    ],
)
def test_a_learners_folder_by_itself_is_no_class(
    tree: Tree, tmp_path: Path, stores: Iterator[Store]
) -> None:
    """The folder of one learner names the learner, in an archive as on the disk."""
    source = tmp_path / "class.zip"
    source.write_bytes(zipped(tree))
    found = []
    for where in (source, unpacked(tree, tmp_path / "inbox")):
        store = next(stores)
        collect(where, TASK, store)
        found.append(digests(store))

    assert ["ada"] == list(found[0])
    assert found[0] == found[1]


def test_what_the_platform_says_is_kept(tmp_path: Path, stores: Iterator[Store]) -> None:
    """Platform, its number, the name, the attempt, the date, lateness and the group."""
    tree = {**CLASSES["Canvas"][0], **CLASSES["Autolab"][0], **CLASSES["Brightspace"][0]}
    tree |= {name.partition("/")[2]: data for name, data in CLASSES["Gradescope"][0].items()}
    store = next(stores)
    source = tmp_path / "class.zip"
    source.write_bytes(zipped(tree))
    collection = collect(source, TASK, store)

    def said(learner: str) -> dict[str, object]:
        version = store.latest(TASK, learner)
        assert version is not None
        return {key: getattr(version.metadata, key) for key in version.metadata.__struct_fields__}

    assert said("exampleada-501") == {
        **{"platform": "Canvas", "platform_id": "501", "name": "exampleada", "section": ""},
        **{"attempt": 0, "submitted": "", "late": True, "group": ()},
    }
    assert (10, "Autolab") == (
        said("ada@uni.example")["attempt"],
        said("ada@uni.example")["platform"],
    )
    assert "2026-11-03T23:57:00" == said("Ada Example-18311")["submitted"]
    assert "2026-11-03T01:11:00" == said("Bob Example-18312")["submitted"]
    assert ("bob@example.edu", "cyd@example.edu") == said("bob@example.edu")["group"]
    assert "2026-11-03T10:00:00+00:00" == said("0012")["submitted"]
    notes = {taken.learner: taken.note for taken in collection.taken}
    assert "late, according to the platform" in notes["exampleada-501"]
    assert "Bob Example; group: bob@example.edu, cyd@example.edu" == notes["bob@example.edu"]
    assert "Ada Example" == notes["0012"]
