"""The data that learners of the projects are given are those that the checks use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "assignments" / "projects" / "files" / "data"


@pytest.mark.parametrize(
    ("script", "pattern"),
    [
        ("houses.py", "houses_*.csv"),
        ("rides.py", "rides.csv"),
        ("shapes.py", "shapes_*.txt"),
        ("sentences.py", "sentences.txt"),
    ],
)
def test_the_files_are_what_their_script_writes(script: str, pattern: str, tmp_path: Path) -> None:
    """Nobody has changed one by hand, or the script without the files."""
    program = ROOT / "autograder_tests" / "projects" / script
    subprocess.run([sys.executable, str(program), str(tmp_path)], check=True)

    names = sorted(path.name for path in DATA.glob(pattern))
    assert names
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in names:
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()


def test_the_files_are_small() -> None:
    """They come with every kit, and with every submission that is graded."""
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < 300_000
