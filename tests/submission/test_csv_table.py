"""Tables that people write are read in every usual form, and every fault has its line."""

from __future__ import annotations

import pytest

from grader import language
from grader.errors import AuthoringError
from grader.submission.csv_table import read_table
from grader.submission.register import AnyName
from grader.submission.roster import read_roster

COLUMNS = ("learner", "points")


@pytest.fixture(autouse=True)
def english():
    """Speak English, also after a test that did not."""
    language.use("en")
    yield
    language.use("en")


def table(tmp_path, data, key=("learner",)):
    """Return the rows of a table with these bytes, or this text."""
    path = tmp_path / "table.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_table(path, COLUMNS, key)


@pytest.mark.parametrize(
    "data",
    [
        "learner,points,reason\nada,2,对\n",
        "Reason;Points;Learner\r\n对;2;ada\r\n",
        " learner\tpoints\treason\n\n ada \t 2 \t对\t\n",
        "learner,points,reason\nada,2,对\n".encode("utf-8-sig"),
        "learner\tpoints\treason\nada\t2\t对\n".encode("utf-16"),
        "learner,points,reason\nada,2,对\n".encode("gb18030"),
    ],
)
def test_every_usual_form_is_read(tmp_path, data):
    """Whatever separates the cells, whatever encodes them, in any order of columns."""
    (row,) = table(tmp_path, data)

    assert ("ada", "2", "对", "") == (row["learner"], row["points"], row["reason"], row["by"])


def test_no_file_has_no_rows(tmp_path):
    """Nobody has to write one."""
    assert read_table(tmp_path / "none.csv", COLUMNS, ("learner",)) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "table.csv:1: a column is missing: learner, points; the first line must name"),
        ("learner,mark\nada,2\n", "table.csv:1: a column is missing: points"),
        ("learner,points,points\n", "table.csv:1: the column points is there twice; remove one"),
        ("learner,points\nada,2, really\n", "table.csv:2: there are more cells than columns"),
        ("learner,points\n\nada,2\nbob,1\nada,3\n", "table.csv:5: a second row for ada, which li"),
        ('learner,points\nada,"2\nbob,3\n', "table.csv:3: the quotes are wrong"),
    ],
)
def test_what_is_wrong_has_its_line_and_what_to_do(tmp_path, data, said):
    """And no row of it is used."""
    with pytest.raises(AuthoringError) as error:
        table(tmp_path, data)
    assert said in str(error.value)


def test_learners_are_those_of_the_roster(tmp_path):
    """By id or any other name; a group is all of its members."""
    (tmp_path / "roster.csv").write_text("id,email,group\nada,a@x,red\nbob,b@x,red\ncyd,c@x,\n")
    register = read_roster(tmp_path / "roster.csv")
    mail, group, other, blank = table(tmp_path, "learner,points\nC@X,1\nred,2\nzoe,3\n,4\n")

    assert (("cyd",), ("ada", "bob")) == (mail.learners(register), group.learners(register))
    assert other.learners(AnyName()) == ("zoe",)
    for row, said in ((other, "table.csv:4: nobody in roster.csv"), (blank, "the learner is miss")):
        with pytest.raises(AuthoringError) as error:
            row.learners(register)
        assert said in str(error.value)
