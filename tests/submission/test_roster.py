"""With a roster, names match exactly or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from grader.errors import AuthoringError, UsageError
from grader.submission.collect import Collection, collect
from grader.submission.roster import naming_rules, read_roster
from grader.submission.store import Store

from ..warmup import made

TASK = "warmup"
ROSTER = """\
id,name,email,section,group,canvas
ada,Ada Lovelace,ada@uni.example,A,red,501
bob,Bob Li,bob@uni.example,B,red,502
wei1,王伟,wei1@uni.example,A,blue,503
wei2,王伟,wei2@uni.example,B,blue,504
José,José Núñez,jose@uni.example,B,,505
"""


def course(tmp_path: Path, roster: str | bytes = ROSTER) -> Path:
    """Return the root of a course with this roster."""
    data = roster if isinstance(roster, bytes) else roster.encode()
    (tmp_path / "roster.csv").write_bytes(data)
    return tmp_path


def collected(tmp_path: Path, *names: str, **options: object) -> tuple[Collection, Store]:
    """Collect files of these *names* with the roster in *tmp_path*."""
    inbox = tmp_path / "inbox"
    for name in names:
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    store = Store(tmp_path / "submissions")
    rules = naming_rules(tmp_path, **options)  # type: ignore[arg-type]
    return collect(inbox, TASK, store, rules), store


@pytest.mark.parametrize(
    ("name", "learner"),
    [
        ("ada.py", "ada"),
        ("ADA_warmup (1).py", "ada"),
        (" Ada  Lovelace .py", "ada"),
        ("Ada@Uni.example_2_warmup.py", "ada"),
        ("lovelaceada_501_9001_warmup.py", "ada"),
        ("Ada Lovelace_77_assignsubmission_file/warmup.py", "ada"),
        ("Lovelace, A.(ada)/Submission attachment(s)/warmup.py", "ada"),
        ("jose\u0301.py", "José"),
        ("wei1_warmup.py", "wei1"),
    ],
)
def test_names_match_exactly_but_for_case_and_spelling(
    name: str, learner: str, tmp_path: Path
) -> None:
    """By id, name, e-mail address or a further column, however a platform writes them."""
    _collection, store = collected(course(tmp_path), name)

    assert [learner] == store.learners(TASK)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ad.py", "nobody in roster.csv is called ad"),
        ("lovelaceada_999_9001_warmup.py", "nobody in roster.csv is called 999, lovelaceada"),
        ("王伟.py", "several in roster.csv are called 王伟 (wei1, wei2)"),
        ("501-1 - Bob Li - Nov 3, 2026 957 AM/warmup.py", "is not one learner"),
    ],
)
def test_nobody_is_guessed(name: str, reason: str, tmp_path: Path) -> None:
    """Who is unknown, or called like another, or two at once, is refused."""
    collection, store = collected(course(tmp_path), name)

    assert [] == store.learners(TASK)
    assert reason in collection.refused[0].reason


def test_who_is_missing_is_listed(tmp_path: Path) -> None:
    """Whoever has submitted nothing yet is listed in the roster's order."""
    collection, _store = collected(course(tmp_path), "bob.py", "wei2.py")

    assert ("ada", "wei1", "José") == collection.missing


def test_who_was_collected_before_there_was_a_roster_is_listed(tmp_path: Path) -> None:
    """Whoever is kept under a name that the roster does not know is told."""
    collected(tmp_path, "stranger.py")
    (tmp_path / "inbox" / "stranger.py").unlink()
    collection, _store = collected(course(tmp_path), "ada.py")

    assert ("Collected before and not in the roster: stranger",) == collection.notes


def test_the_command_says_who_is_missing(tmp_path: Path) -> None:
    """The table ends with them, JSON holds them; the options reach the names."""
    root = made(tmp_path / "course").root
    (root / "roster.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x~7.py").write_text("x = 1")
    (tmp_path / "ids.csv").write_text("7,ada")
    words = ["collect", TASK, "--course", str(root), "--from", str(tmp_path / "in")]
    words += ["--pattern", r".~(?P<learner>\d)\.py", "--ids", str(tmp_path / "ids.csv")]
    shown = CliRunner().invoke(cli.main, words)
    as_json = CliRunner().invoke(cli.main, [*words, "--json", "--encoding", "cp866"])
    wrong = CliRunner().invoke(cli.main, [*words, "--encoding", "none"])

    assert "No submission yet from 4 in the roster: bob, wei1, wei2, José" in shown.output
    assert ["bob", "wei1", "wei2", "José"] == json.loads(as_json.stdout)["missing"]
    assert (0, 0, 2) == (shown.exit_code, as_json.exit_code, wrong.exit_code)


def test_a_groups_submission_is_each_members(tmp_path: Path) -> None:
    """A file called like a group is stored for its members, with the group noted."""
    _collection, store = collected(course(tmp_path), "red_warmup.py")
    version = store.latest(TASK, "bob")

    assert ["ada", "bob"] == store.learners(TASK)
    assert version is not None
    assert ("ada", "bob") == version.metadata.group
    assert ("Bob Li", "B") == (version.metadata.name, version.metadata.section)


def test_a_stranger_in_a_group_costs_nobody_else_a_grade(tmp_path: Path) -> None:
    """The members who are known are taken, the one who is not is refused."""
    said = "submission_1:\n  :submitters:\n  - :sid: ada\n  - :sid: zoe\n"
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "submission_metadata.yml").write_text(said)
    collection, store = collected(course(tmp_path), "submission_1/warmup.py")

    assert ["ada"] == store.learners(TASK)
    assert "called zoe" in collection.refused[0].reason


def test_sections_of_the_roster_are_no_persons(tmp_path: Path) -> None:
    """A folder called like a section parts the class, whatever it is called."""
    roster = ROSTER.replace(",A,", ",morning,").replace(",B,", ",late,")
    collection, store = collected(course(tmp_path, roster), "morning/ada.py", "late/bob/warmup.py")

    assert ["ada", "bob"] == store.learners(TASK)
    assert () == collection.refused


def test_an_id_that_looks_like_a_version_is_one(tmp_path: Path) -> None:
    """Whoever is called ada_v2 is not taken for a version of ada."""
    roster = "id,name\nada,Ada\nada_v2,Other\n"
    _collection, store = collected(course(tmp_path, roster), "ada_v2.py", "ada_v2_warmup.py")

    assert "ada_v2" in store.learners(TASK)


@pytest.mark.parametrize(
    "data",
    [
        "id;name\nada;Ada\n2;张伟\n".encode("utf-8-sig"),
        "学号\t姓名\nada\tAda\n2\t张伟\n".encode("gb18030"),
        "学号,姓名\r\nada,Ada\r\n2,张伟\r\n".encode("utf-16"),
        "Student ID,Full name\n\nada,Ada\n2,张伟\n".encode(),
        "學號,姓名\nada,Ada\n2,林志明\n".encode("big5"),
        b"SIS User ID,First Name,Last Name\nada,Ada,Lovelace\n2,Bo,Li\n",
    ],
)
def test_rosters_of_every_kind_are_read(data: bytes, tmp_path: Path) -> None:
    """Headings in English and Chinese, and what Excel writes in either country."""
    roster = read_roster(course(tmp_path, data) / "roster.csv")

    assert ["ada", "2"] == list(roster.learners)
    assert roster.knows("Ada") or roster.knows("Lovelace, Ada")
    assert "" != roster.about("2")[0]


def test_a_gradebook_of_canvas_is_a_roster(tmp_path: Path) -> None:
    """Its second row is about points, its other columns are further names."""
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section\n"
        "    Points Possible,,,,\n"
        '"Lovelace, Ada",501,u1,ada,DL A\n'
    )
    roster = read_roster(course(tmp_path, text) / "roster.csv")

    assert ["501"] == list(roster.learners)
    assert all(map(roster.knows, ["lovelace, ada", "U1", "ada"]))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("name\nAda\n", 1, "no column holds an id"),
        ("id,name\nada,Ada\nada,Ada\n", 3, "stands in line 2 already"),
        ("id,email\na,x@y\n\nb,X@Y\n", 4, "stands in line 2 already (email)"),
        ("id,github\na,ada\nb,a\n", 3, "a stands in line 2 already (id)"),
        ("id,name\na,Ada,x\nb,Bob,x\n", 3, "x stands in line 2 already (3)"),
        ("id,login,login\na,p,x\nb,x,q\n", 3, "x stands in line 2 already (login)"),
        ("id,name\n,Ada\n", 2, "is no id"),
        ("id,name\na/b,Ada\n", 2, "is no id"),
    ],
)
def test_an_ambiguous_roster_is_refused(text: str, line: int, reason: str, tmp_path: Path) -> None:
    """What is missing, or two learners', is said with its line."""
    with pytest.raises(AuthoringError) as caught:
        read_roster(course(tmp_path, text) / "roster.csv")

    assert line == caught.value.line
    assert reason in str(caught.value)


def test_a_file_maps_names_to_ids(tmp_path: Path) -> None:
    """What a platform calls somebody or a team is given ids, which the roster must know."""
    ids = tmp_path / "ids.csv"
    ids.write_text("name,id\nTeam 12,ada\nTeam 12,Bob\n77,wei1\nx,nobody\n", encoding="utf-8")
    names = ("Team 12/A L/warmup.py", "Y Z_77_assignsubmission_file/warmup.py", "x.py")
    collection, store = collected(course(tmp_path), *names, ids=ids)

    assert ["ada", "bob", "wei1"] == store.learners(TASK)
    assert ["x.py"] == [refused.origin for refused in collection.refused]


def test_a_file_of_ids_needs_two_columns(tmp_path: Path) -> None:
    """A line without an id is said with its number."""
    ids = tmp_path / "ids.csv"
    ids.write_text("x,ada\ny\n", encoding="utf-8")

    with pytest.raises(UsageError, match=r"ids.csv:2: a line is"):
        naming_rules(tmp_path, ids=ids)


def test_a_pattern_reads_what_no_table_knows(tmp_path: Path) -> None:
    """Its groups say who, which attempt, when and for what; what it does not fit is refused."""
    names = (
        *("2026/warmup~ada~try10/hw.py", "2026/warmup~ada~try9/hw.py", "2026/other~bob~try1/hw.py"),
        *("2026/warmup~cyd~try1/src/hw.py", "2026/warmup~cyd~try1/notes.txt", "2026/readme.txt"),
    )
    pattern = r"\d+/(?P<assignment_id>\w+)~(?P<student_id>\w+)~try(?P<attempt>\d+)/.*"
    collection, store = collected(tmp_path, *names, pattern=pattern)
    latest = store.latest(TASK, "ada")

    assert ["ada", "cyd"] == store.learners(TASK)
    assert ["2026/readme.txt"] == [refused.origin for refused in collection.refused]
    assert latest is not None
    assert "2026/warmup~ada~try10/hw.py" == latest.main.read_text(encoding="utf-8")
    assert 2 == len(store.versions(TASK, "ada"))


def test_a_single_folder_is_a_learners_if_a_pattern_says_so(tmp_path: Path) -> None:
    """What is refused as ambiguous without a pattern is taken with the one that is advised."""
    _collection, store = collected(
        tmp_path, "ada/a.py", "ada/b.py", pattern=r"(?P<learner>[^/]+)/.*"
    )

    assert ["ada"] == store.learners(TASK)


@pytest.mark.parametrize("pattern", ["(", "(?P<who>.*)"])
def test_a_pattern_must_name_a_learner(pattern: str, tmp_path: Path) -> None:
    """One that is no expression, or has no such group, is refused."""
    with pytest.raises(UsageError, match="--pattern"):
        naming_rules(tmp_path, pattern=pattern)


def test_a_learner_may_be_called_the_same_in_every_column(tmp_path: Path) -> None:
    """A login that is the id is no contradiction."""
    roster = read_roster(course(tmp_path, "id,name,login\nada,ada,ada\n") / "roster.csv")

    assert ["ada"] == list(roster.learners)
