"""What is published works: the wheel, in an environment of its own, on a course elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the tracked sources, without the network."""
    target = tmp_path_factory.mktemp("wheel")
    source = tmp_path_factory.mktemp("source")
    for name in ("grader", "cli.py", "pyproject.toml", "README.md", "LICENSE"):
        subprocess.run(["cp", "-R", ROOT / name, source / name], check=True)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--no-cache-dir", "--wheel-dir", target, source]
    subprocess.run(command, check=True, capture_output=True)
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an empty environment that borrows only third-party packages."""
    home = tmp_path_factory.mktemp("environment") / "with space 环境"
    subprocess.run([sys.executable, "-m", "venv", home], check=True)
    python = home / "bin" / "python"
    install = [python, "-I", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, capture_output=True)
    query = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(query, check=True, capture_output=True, text=True).stdout.strip())
    # A directory named in a .pth file joins sys.path, but its own .pth files (an editable
    # gradproof among them) are not read.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin" / "gradproof"


def run(program: Path, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program, knowing nothing of this repository."""
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(directory)}
    return subprocess.run(
        [program, *arguments],
        cwd=directory,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_the_wheel_holds_the_program_and_nothing_of_the_course(wheel: Path) -> None:
    """Only cli.py, grader/ and metadata are published."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}

    assert {"cli.py", "grader"} <= tops
    assert [top for top in tops - {"cli.py", "grader"} if not top.endswith(".dist-info")] == []
    assert "grader/locale/zh/LC_MESSAGES/gradproof.mo" in names
    assert "grader/py.typed" in names
    assert "grader/report/templates/audit_index.html" in names


def test_the_installed_program_takes_a_course_from_nothing_to_grades(
    program: Path, tmp_path: Path
) -> None:
    """New course, audit, release, check, collect and score work away from the repository."""
    course, inbox, kits = (tmp_path / name for name in ("my course", "inbox", "kits"))
    inbox.mkdir()
    (inbox / "ada.py").write_text("def scale(x, factor):\n    return x * factor\n")
    (inbox / "bob.py").write_text("def scale(x, factor):\n    return x\n")

    made = run(program, tmp_path, "new", "course", str(course))
    audited = run(program, course, "audit", "--report", "pages")
    released = run(program, course, "release", "warmup", "--to", str(kits))
    checked = run(program, kits / "warmup", "check")
    collected = run(program, course, "collect", "warmup", "--from", str(inbox))
    scored = run(program, course, "score", "warmup", "--jobs", "2")
    good = run(program, course, "grade", str(inbox / "ada.py"), "--assignment", "warmup")

    assert [made.returncode, audited.returncode, released.returncode] == [0, 0, 0], audited
    assert (checked.returncode, collected.returncode, scored.returncode) == (1, 0, 0), scored
    assert good.returncode == 0
    assert (course / "pages" / "warmup.html").exists()
    assert "ada,4,4,4,100,final" in (course / "results/warmup/grades.csv").read_text("utf-8-sig")
