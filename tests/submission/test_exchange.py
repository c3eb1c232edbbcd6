"""What nbgrader's folders hold is collected like any other."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.submission.collect import collect
from grader.submission.labels import labelled
from grader.submission.store import Store

TASK = "ps1"
NOTEBOOK = '{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}'


@pytest.fixture
def store(tmp_path):
    """Return an empty store."""
    return Store(tmp_path / "submissions")


def tree(tmp_path: Path, files: dict[str, str]) -> Path:
    """Write *files* below a new folder, the later ones the older."""
    for number, (name, text) in enumerate(files.items()):
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (9000 - number, 9000 - number))
    return tmp_path / "source"


def test_a_submitted_tree_is_collected(store, tmp_path):
    """Of nbgrader's submitted/, everyone's work on this assignment is taken, dates with it."""
    source = tree(
        tmp_path,
        {
            "ada/ps1/ps1.ipynb": NOTEBOOK,
            "ada/ps1/timestamp.txt": "2026-11-20 10:00:00 UTC",
            "ada/ps2/ps2.ipynb": "2",
            "bob/ps1/ps1.ipynb": NOTEBOOK + " ",
        },
    )
    done = collect(source, TASK, store)

    assert ["ada", "bob"] == store.learners(TASK)
    assert () == done.refused
    assert {"ps1.ipynb", "timestamp.txt"} == {
        path.name for path in store.latest(TASK, "ada").path.iterdir()
    }


def test_whoever_handed_in_another_assignment_only_is_passed_over(store, tmp_path):
    """A learner's folder in which nbgrader has dated other assignments only is not this one's."""
    source = tree(
        tmp_path,
        {
            "ada/ps1/ps1.ipynb": NOTEBOOK,
            "dan/ps2/ps2.ipynb": NOTEBOOK,
            "dan/ps2/timestamp.txt": "2026-11-20 10:00:00 UTC",
        },
    )
    done = collect(source, TASK, store)

    assert ["ada"] == store.learners(TASK)
    assert () == done.refused


def test_the_secret_of_a_hand_in_is_not_kept(store, tmp_path):
    """What nbgrader shows nobody but the learner stays in its folder, as in its exchange."""
    files = {"ps1.ipynb": NOTEBOOK, "timestamp.txt": "2026-11-20 10:00:00 UTC"}
    files["submission_secret.txt"] = "secret"
    collect(tree(tmp_path, {f"ada/ps1/{k}": v for k, v in files.items()}), TASK, store)
    kept = [path.name for path in store.latest(TASK, "ada").path.iterdir()]

    assert ["ps1.ipynb", "timestamp.txt"] == sorted(kept)


def test_an_exchange_is_collected(store, tmp_path):
    """Inbound folders name learner, assignment and date; by that date the latest counts."""
    source = tree(
        tmp_path,
        {
            "ada+ps1+2026-11-20 10:00:00.000001 UTC+0a1b/ps1.ipynb": "early",
            "ada+ps1+2026-11-20 11:00:00.000001 UTC+2c3d/ps1.ipynb": "late",
            "ada+ps1+2026-11-20 11:00:00.000001 UTC+2c3d/submission_secret.txt": "secret",
            "ada+ps2+2026-11-20 12:00:00 UTC/ps2.ipynb": "another",
            "bob+ps1+2026-11-20 09:00:00 America/Los_Angeles/ps1.ipynb": "bob's",
        },
    )
    done = collect(source, TASK, store)
    latest = store.latest(TASK, "ada")

    assert ["ada", "bob"] == store.learners(TASK)
    assert () == done.refused
    assert ["ps1.ipynb"] == [path.name for path in latest.path.iterdir()]
    assert "late" == (latest.path / "ps1.ipynb").read_text()
    assert 2 == len(store.versions(TASK, "ada"))


def test_an_exchange_of_one_learner_is_collected(store, tmp_path):
    """A single inbound folder is not mistaken for a folder around the class."""
    source = tree(tmp_path, {"ada+ps1+2026-11-20 10:00:00 UTC/ps1.ipynb": NOTEBOOK})
    collect(source, TASK, store)

    assert ["ada"] == store.learners(TASK)


def test_an_exchange_without_the_assignment_holds_nothing(store, tmp_path):
    """Where everything belongs to other assignments, there is nothing to collect."""
    source = tree(tmp_path, {"ada+ps2+2026-11-20 10:00:00 UTC/ps2.ipynb": NOTEBOOK})

    with pytest.raises(UsageError, match="nothing to collect"):
        collect(source, TASK, store)


@pytest.mark.parametrize("name", ["ada", "a+b", "a+b+c", "ada+ps1+2026-13-99 10:00:00 UTC"])
def test_other_names_are_no_exchanges(name):
    """Only the exchange's own form, with a date that exists, is read as such."""
    assert {} == labelled([f"{name}/ps1.ipynb"], TASK, {}).found
