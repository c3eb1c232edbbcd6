"""A function of almost the right name is pointed at, at every door."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.submission.read import read_submission
from grader.submission.slot import Slot

SLOT = Slot.of("basics", ["scale", "log_softmax"], others={"more": ("scaled",)})


def notes(folder: Path, **files: str) -> tuple[str, ...]:
    """Return what is said of a folder with these modules."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return read_submission(folder, "basics", slot=SLOT).notes


@pytest.mark.parametrize("found", ["scal", "Scale", "my_scale", "scale2", "scael"])
def test_a_function_of_almost_the_right_name_is_pointed_at(found: str, tmp_path: Path) -> None:
    """It is not graded: nobody can be sure that it is meant."""
    said = f"basics.py defines {found}, which is no exercise. If it is scale, rename it."

    assert (said,) == notes(tmp_path, basics=f"def {found}(x): return x\n")


def test_it_is_found_beside_the_starter_and_in_other_files(tmp_path: Path) -> None:
    """Where the exercise still is as it was given, or written nowhere."""
    slot = Slot.of("basics", ["scale"], ["def scale(x):\n    raise NotImplementedError\n"])
    (tmp_path / "basics.py").write_text("def scale(x):\n    raise NotImplementedError\n")
    (tmp_path / "work.py").write_text("class scales: pass\n")

    assert "work.py defines scales" in read_submission(tmp_path, "basics", slot=slot).notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "def scale(x): return x\ndef scal(x): return x\n",  # it is written
        "def rescale_all(x): return x\n",  # not alike
        "def scaled(x): return x\ndef log_softmax(x): return x\n",  # of another one
        "def f(x):\n    def scal(x): return x\n",  # not at the top
        "def scal(x:\n",  # no Python
    ],
)
def test_nothing_is_said_where_nothing_is_meant(text: str, tmp_path: Path) -> None:
    """A hint that is wrong costs more than none."""
    assert not [note for note in notes(tmp_path, basics=text) if "rename" in note]
