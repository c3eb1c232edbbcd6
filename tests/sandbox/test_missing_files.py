"""What a learner reads whose code needs what was not submitted."""

from __future__ import annotations

import pytest

from grader.exercise import Chunk
from grader.sandbox.missing_files import Submitted, missing_file, missing_module

ONE = (("n/one.csv", b"1"), ("Tools.py", b""), ("deep/more.py", b"from . import base\n"))


def submitted(text: str, folder: str = "") -> Submitted:
    """Return the submission of *text* with some files."""
    return Submitted.of([Chunk("a.py", text)], ONE, folder)


@pytest.mark.parametrize(
    ("text", "module", "said"),
    [
        ("from utils import f", "utils", "utils.py is missing from your submission"),
        ("from lib.ops import f", "lib", "lib/ops.py is missing from your submission"),
        ("from lib import ops", "lib", "lib.py is missing from your submission"),
        ("from .rare import f", "submission_folder.rare", "rare.py is missing"),
        ("", "submission_folder.deep.base", "base.py is missing"),
        ("import rare  # made by %%writefile 'rare.py'", "rare", "rare.py is missing"),
        ("import tools", "tools", "has Tools.py, but your code imports tools.py: write the same"),
        ("from tool import f", "tool", "has Tools.py, but your code imports tool.py"),
        ("import mote", "submission_folder.mote", "mote.py is missing from your submission"),
    ],
)
def test_a_module_of_the_learners_is_said_to_be_missing(text: str, module: str, said: str) -> None:
    """And never that it is a library; the instructor is not told of one, either."""
    library, sentence = missing_module(module, submitted(text))

    assert said in sentence
    assert "library" not in sentence
    assert not library


def test_a_library_is_not_said_to_be_missing_from_a_submission() -> None:
    """Its name is for the instructor, too."""
    library, sentence = missing_module("mxnet", submitted("import mxnet as mx"))

    assert library == "mxnet"
    assert "library mxnet is not installed" in sentence


def test_a_name_that_may_be_either_is_said_to_be_either() -> None:
    """No list has every library, and no rule every learner's file; the instructor may know."""
    library, sentence = missing_module("quokka", submitted("import quokka"))

    assert "quokka.py is missing from your submission" in sentence
    assert "If quokka is a library" in sentence
    assert library == "quokka"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "n\\one.csv",
            'Only Windows has backslashes in paths, as in n\\one.csv: write "n/one.csv"',
        ),
        ("/content/drive/x/one.csv", 'is that of one machine: write "n/one.csv"'),
        (r"C:\Users\me\one.csv", 'is that of one machine: write "n/one.csv"'),
        ("~/one.csv", 'is that of one machine: write "n/one.csv"'),
        ("n/One.CSV", 'There is no n/One.CSV, since letter case counts: write "n/one.csv"'),
        ("one.csv", 'There is no one.csv in your submission: write "n/one.csv"'),
        ("two.csv", "two.csv is missing from your submission: submit it"),
        ("/kaggle/input/two.csv", 'Submit two.csv together with your code, and write "two.csv"'),
    ],
)
def test_a_path_that_leads_nowhere_gets_the_one_that_was_meant(path: str, said: str) -> None:
    """And the reason, so that the next path is right."""
    assert said in missing_file(path, submitted(f"open({path!r})"))
    assert said in missing_file(path, submitted(f"open(r'{path}')"))


def test_a_path_is_that_from_where_the_code_runs() -> None:
    """A main file in a folder of its own reaches files beside it."""
    assert 'write "../n/one.csv"' in missing_file("one.csv", submitted("open('one.csv')", "src"))


def test_a_path_that_the_code_does_not_contain_is_not_repeated() -> None:
    """It comes from the process that runs the learner's code."""
    assert missing_file("/secret/7", submitted("x = 7")) == ""
    text = submitted("open(folder + '/one.csv')")
    assert "secret" not in missing_file("/secret/one.csv", text)
    assert "one.csv" in missing_file("/secret/one.csv", text)
