"""What a course gives out with a starter, from its folder to a grade, a kit and an audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import language
from grader.audit.course_audit import AuditOptions, audit
from grader.course.catalogue import Course
from grader.course.sync import sync
from grader.errors import AuthoringError
from grader.grading import setup
from grader.grading.setup import grading
from grader.kit.kit import Kit
from grader.kit.kit_check import check_kit
from grader.kit.release import release
from grader.sandbox.zygote import Zygote
from grader.scoring.plan import Job
from grader.submission.read import read_submission

from ..warmup import CHECKS, SOURCE, edited, made

FILES = "assignments/warmup/files"
MINE = "import numpy\nfrom tables import ONE\ndef scale(x, factor):\n    return x * factor * ONE\n"
TABLES = "from pathlib import Path\n\nONE = float(Path('data/one.txt').read_text())\n"
CHECK_HELPER = "def whole(draw):\n    return draw.normal(3, 5)\n"


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English; leave PyTorch out of the zygote."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda frameworks, *walls: Zygote(("numpy",), *walls))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """Return a course whose reference and whose public check need modules around them."""
    course = made(tmp_path / "course")
    files = {
        f"{FILES}/tables.py": TABLES,
        f"{FILES}/data/one.txt": "1",
        "autograder_tests/warmup/shared.py": "from .scale.inputs_of import whole\n",
        f"{CHECKS}/inputs_of.py": CHECK_HELPER,
    }
    for name, text in files.items():
        (course.root / name).parent.mkdir(parents=True, exist_ok=True)
        (course.root / name).write_text(text, encoding="utf-8")
    course = edited(
        course, SOURCE, "# %%\nimport numpy", "# %%\nfrom tables import ONE\nimport numpy"
    )
    course = edited(course, SOURCE, "return x * factor", "return x * factor * ONE")
    public = f"{CHECKS}/test_public.py"
    course = edited(course, public, "\n\n@points(2)", "\nfrom ..shared import whole\n\n@points(2)")
    course = edited(course, public, "draw.normal(3, 5)", "whole(draw)")
    (course.root / CHECKS / "mistakes.toml").write_text("", encoding="utf-8")
    sync(course, write=True)
    return course


def handed(folder: Path, **files: str) -> Path:
    """Write a submission: the main file, and files by their names before ``.py``."""
    for name, text in {"warmup": MINE, **files}.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


def test_what_a_course_gives_is_there_at_grading(course: Course, tmp_path: Path) -> None:
    """Submitted or not; of a copy that the learner changed, the course's counts, and is told."""
    assignment = course.assignments[0]
    alone = handed(tmp_path / "alone")
    changed = handed(tmp_path / "changed", tables="ONE = 2.0\n", more="")
    with grading(course, assignment, (), secret="") as ready:
        results = [
            ready.grade(Job(path.name, read_submission(path, "warmup")))
            for path in (alone, changed)
        ]

    assert [result.score for result in results] == [4, 4]
    assert results[0].notes == ()
    assert results[1].notes == (
        "You changed what came with the kit; your work is graded with the original: tables.py.",
    )


def test_a_course_in_the_current_directory_finds_its_reference_and_what_it_gives(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its root is a relative path then."""
    monkeypatch.chdir(course.root)
    here = Course.load(Path())
    alone = handed(tmp_path / "alone")
    with grading(here, here.assignments[0], (), secret="") as ready:
        result = ready.grade(Job("alone", read_submission(alone, "warmup")))

    assert result.score == 4


def test_a_kit_has_what_the_course_gives_and_what_its_checks_import(
    course: Course, tmp_path: Path
) -> None:
    """So that its checks run; at the desk, too, a changed copy is told of."""
    kit = Kit.find(release(course, course.assignments[0], tmp_path / "kits", "en"))
    (kit.directory / "warmup.py").write_text(MINE, encoding="utf-8")

    result = check_kit(kit, file=kit.directory / "warmup.py")
    assert (result.score, result.notes) == (3, ())

    (kit.directory / "tables.py").write_text(TABLES + "\nONE = 1\n", encoding="utf-8")
    assert "graded with the original: tables.py" in check_kit(kit).notes[0]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("tables.py", "ONE = 2.0\n", "tables.py"),
        ("data/one.txt", "2", "data/one.txt"),
        ("tables.py", None, ""),
    ],
)
def test_a_check_uses_what_grading_uses(
    course: Course, tmp_path: Path, name: str, text: str | None, told: str
) -> None:
    """The course's own module and data, where the learner's copy was changed or removed."""
    kit = Kit.find(release(course, course.assignments[0], tmp_path / "kits", "en"))
    mine = MINE.replace("import numpy", "import numpy\nfrom own.more import NOTHING")
    mine = mine.replace("* ONE", "* ONE + NOTHING")
    (kit.directory / "warmup.py").write_text(mine, encoding="utf-8")
    (kit.directory / "own").mkdir()
    (kit.directory / "own/more.py").write_text("NOTHING = 0\n", encoding="utf-8")
    changed = kit.directory / name
    changed.unlink()
    if text is not None:
        changed.write_text(text, encoding="utf-8")

    result = check_kit(kit)

    assert result.score == 3
    assert [note.endswith(f"graded with the original: {told}.") for note in result.notes] == (
        [True] if told else []
    )
    assert (changed.read_text("utf-8") if changed.exists() else None) == text


def test_a_check_names_the_line_also_beside_changed_files(course: Course, tmp_path: Path) -> None:
    """Of the learner's own module, by the name that it has in the kit."""
    kit = Kit.find(release(course, course.assignments[0], tmp_path / "kits", "en"))
    code = "from aid import broken\ndef scale(x, factor):\n    return broken(x)\n"
    (kit.directory / "warmup.py").write_text(code, encoding="utf-8")
    (kit.directory / "aid.py").write_text("def broken(x):\n    return x[0, 0, 0, 0, 0]\n", "utf-8")

    def said() -> list[str]:
        checks = check_kit(kit, file=kit.directory / "warmup.py").checks
        return [check.message for check in checks]

    before = said()
    (kit.directory / "tables.py").write_text("ONE = 2.0\n", encoding="utf-8")
    assert said() == before


def test_a_module_that_checks_import_belongs_to_them(course: Course) -> None:
    """An audit names only the one that none of them imports."""
    (course.root / CHECKS / "unused.py").write_text("", encoding="utf-8")
    found = audit(course, [], lambda *_steps: None, AuditOptions(seeds=1)).findings
    told = [str(finding) for finding in found]

    assert next(said for said in told if "belongs to no exercise" in said).count("unused.py") == 1
    assert all("unused.py" in said or "mistake" in said for said in told), told


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        (f"{FILES}/warmup.py", "", "a kit already has a file of this name"),
        ("assignments/warmup/data/n.csv", "", "move this to files/data"),
        (f"{FILES}/big.bin", "0" * (17 << 20), "larger than 16 MiB"),
    ],
)
def test_what_cannot_be_given_is_refused(course: Course, name: str, text: str, what: str) -> None:
    """Before anybody is graded, and with what to do."""
    path = course.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(AuthoringError, match=what):
        course.given(course.assignments[0])


def test_what_learners_are_meant_to_change_is_theirs(course: Course, tmp_path: Path) -> None:
    """The course's own counts if none was submitted; a name that is not there is refused."""
    catalogue = "assignments/course.toml"
    line = 'framework = "numpy"'
    course = edited(course, catalogue, line, f'{line}\neditable = ["tables.py"]')
    given = course.given(course.assignments[0])
    theirs = read_submission(handed(tmp_path / "ada", tables="ONE = 2\n"), "warmup")
    alone = read_submission(handed(tmp_path / "bob"), "warmup")

    assert dict(given.with_submission(theirs).files)["tables.py"] == b"ONE = 2\n"
    assert dict(given.with_submission(alone).files)["tables.py"] == TABLES.encode()
    assert given.notes(theirs) == ()

    course = edited(course, catalogue, '"tables.py"', '"other.py"')
    with pytest.raises(AuthoringError, match=r"'other.py', which course.toml calls editable"):
        course.given(course.assignments[0])
