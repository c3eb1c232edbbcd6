"""What is graded again after a change, and that nobody can tell from a report what was not."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from grader import language
from grader.course.catalogue import Course
from grader.grading import setup
from grader.grading.score import Scored, ScoreOptions, score
from grader.sandbox.zygote import Zygote

from .chain_course import CLASS, NAMES, RIGHT, hand_in, made

CHECKS = "autograder_tests/chain"
SOURCE = "solutions/chain/chain.py"
CATALOGUE = "assignments/course.toml"
#: what a clock measured
_SECONDS = re.compile(r'("seconds": )[0-9.e-]+')


@pytest.fixture(autouse=True)
def english_and_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak English; leave PyTorch out of the zygotes."""
    language.use("en")
    monkeypatch.setattr(setup, "Zygote", lambda frameworks, *walls: Zygote(("numpy",), *walls))


def scored(root: Path, **options: object) -> Scored:
    """Score the class."""
    course = Course.load(root)
    return score(course, course.assignments[0], ScoreOptions(**options))  # type: ignore[arg-type]


def reports(root: Path) -> dict[str, str]:
    """Return every report and page, but for what a clock measured."""
    found = sorted((root / "results" / "chain").rglob("report.*"))
    assert found
    return {
        str(path.relative_to(root)): _SECONDS.sub(r"\1 0", path.read_text("utf-8"))
        for path in found
    }


def from_nothing(root: Path, copy: Path) -> dict[str, str]:
    """Return the reports of the same class with the same seed, all graded now."""
    shutil.copytree(root, copy)
    shutil.rmtree(copy / "results" / "chain")
    done = scored(copy)
    assert done.graded == len(done.results)
    return reports(copy)


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return what replaces *old* by *new* in a file of the course."""

    def do(root: Path) -> None:
        path = root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")

    return do


def again(root: Path, text: str = RIGHT) -> None:
    """Have one learner hand in again."""
    hand_in(Course.load(root), {"dan": text}, root / "again")


def reordered(root: Path) -> None:
    """Put the last exercise first."""
    path = root / CATALOGUE
    head, *exercises = path.read_text("utf-8").split("\n[[assignment.exercise]]")
    parts = [head, exercises[-1], *exercises[:-1]]
    path.write_text("\n[[assignment.exercise]]".join(parts), encoding="utf-8")
    path = root / SOURCE
    first, *cells = re.split(
        r'(?=\n# %% \[markdown\] lang="en" exercise=)', path.read_text("utf-8")
    )
    path.write_text("".join([first, cells[-1], *cells[:-1]]), encoding="utf-8")


def without_double(root: Path) -> None:
    """Take the first exercise out; its function is still given."""
    path = root / CATALOGUE
    head, _double, *exercises = path.read_text("utf-8").split("\n[[assignment.exercise]]")
    path.write_text("\n[[assignment.exercise]]".join([head, *exercises]), encoding="utf-8")
    path = root / SOURCE
    first, _double, *cells = re.split(
        r'(?=\n# %% \[markdown\] lang="en" exercise=)', path.read_text("utf-8")
    )
    given = "\n# %%\ndef double(x):\n    return 2 * x\n"
    path.write_text("".join([first, given, *cells]), encoding="utf-8")
    shutil.rmtree(root / CHECKS / "double")


#: who is judged through double: their total and mean lose points, or would
THROUGH = {"bob": {"total", "mean"}, "cleo": {"total", "mean"}, "hal": {"mean"}}


def those(*exercises: str, **more: set[str]) -> dict[str, set[str]]:
    """Return *exercises* for everyone, and some more for some."""
    return {learner: {*exercises, *more.get(learner, ())} for learner in CLASS}


#: what is changed, and what is graded again then, by learner
CHANGES: dict[str, tuple[Callable[[Path], None], dict[str, set[str]]]] = {
    "a title": (edit(CATALOGUE, 'en = "double"', 'en = "Twice"'), {}),
    "a check that others call nothing of": (
        edit(f"{CHECKS}/largest/test_public.py", "normal(3)", "normal(4)"),
        those("largest"),
    ),
    "a check of what others call": (
        edit(f"{CHECKS}/double/test_hidden.py", "draw.normal(50)", "abs(draw.normal(50))"),
        those("double", **THROUGH),
    ),
    "points and a hint": (
        lambda root: [
            edit(f"{CHECKS}/mean/test_public.py", "points(1)", "points(3)")(root),
            edit(f"{CHECKS}/total/mistakes.toml", "Look at total", "Look")(root),
        ],
        those("mean", "total"),
    ),
    "the reference of what others call": (
        edit(SOURCE, "return 2 * x", "return 0 + 2 * x"),
        those("double", "total", "mean"),
    ),
    "a learner": (again, {"dan": set(NAMES)}),
    "the order": (reordered, {learner: set(NAMES) for learner in CLASS}),
    "one exercise less": (without_double, THROUGH),
}


@pytest.fixture(scope="module")
def class_of_eight(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a course whose class is graded."""
    language.use("en")
    root = tmp_path_factory.mktemp("graded") / "course"
    hand_in(made(root), CLASS, root / "inbox")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(setup, "Zygote", lambda frameworks, *walls: Zygote(("numpy",), *walls))
        scored(root)
    return root


@pytest.mark.parametrize(
    "change",
    [
        one if one == "a check of what others call" else pytest.param(one, marks=pytest.mark.slow)
        for one in CHANGES
    ],
)
def test_only_what_depends_on_a_change_is_graded_and_the_reports_are_those_from_nothing(
    class_of_eight: Path, tmp_path: Path, change: str
) -> None:
    """Byte for byte, but for what a clock measured."""
    do, expected = CHANGES[change]
    root = tmp_path / "course"
    shutil.copytree(class_of_eight, root)
    do(root)
    done = scored(root)

    assert {learner: set(why) for learner, why in done.why.items()} == expected
    assert done.graded == len(expected)
    assert reports(root) == from_nothing(root, tmp_path / "copy")


@pytest.mark.slow
def test_one_change_after_another_gives_the_reports_from_nothing(
    class_of_eight: Path, tmp_path: Path
) -> None:
    """What is kept of what was kept counts, too; an unchanged class is not graded."""
    root = tmp_path / "course"
    shutil.copytree(class_of_eight, root)
    for change in ("a check of what others call", "points and a hint", "a learner", "a title"):
        CHANGES[change][0](root)
        scored(root)

    assert reports(root) == from_nothing(root, tmp_path / "copy")
    assert scored(root).graded == 0


def test_modules_of_a_learner_are_shared_by_all_exercises(
    class_of_eight: Path, tmp_path: Path
) -> None:
    """They may remember what one exercise did when another runs."""
    root = tmp_path / "course"
    shutil.copytree(class_of_eight, root)
    counting = (
        "SEEN = []\n\n\ndef twice(x):\n    SEEN.append(x)\n    return 2 * x + (len(SEEN) > 9)\n"
    )
    text = f"from own import twice\n{RIGHT.replace('return 2 * x', 'return twice(x)')}"
    hand_in(Course.load(root), {"dan/own.py": counting, "dan": text}, tmp_path / "again")
    scored(root)
    edit(f"{CHECKS}/largest/test_public.py", "normal(3)", "normal(4)")(root)
    done = scored(root)

    assert {who: set(why) for who, why in done.why.items()} == those("largest", dan=set(NAMES))
    assert done.why["dan"]["mean"] == ("its exercises share own.py, so they are graded together",)
    assert reports(root) == from_nothing(root, tmp_path / "copy")


def test_the_best_of_several_attempts_is_kept_by_exercise(tmp_path: Path) -> None:
    """Each attempt has a result of its own, which names its own grounds."""
    root = tmp_path / "course"
    made(root)
    edit(CATALOGUE, "seed = 7", 'seed = 7\n\n[score]\nattempt = "best"')(root)
    for number, name in enumerate(("cleo", "ada", "dan")):
        hand_in(Course.load(root), {"ada": CLASS[name]}, tmp_path / str(number))
    assert scored(root).why["ada"].keys() == set(NAMES)
    edit(f"{CHECKS}/largest/test_public.py", "normal(3)", "normal(4)")(root)
    done = scored(root)

    assert done.why == {"ada": {"largest": ("the check test_small changed",)}}
    assert reports(root) == from_nothing(root, tmp_path / "copy")


def test_explain_says_why_in_groups(class_of_eight: Path, tmp_path: Path) -> None:
    """For people and as JSON; a dry run writes nothing, and says the same again."""
    root = tmp_path / "course"
    shutil.copytree(class_of_eight, root)
    for change in ("a check of what others call", "a learner"):
        CHANGES[change][0](root)
    before = reports(root)
    said = [
        CliRunner().invoke(main, ["score", "chain", "--explain", *more, "--course", str(root)])
        for more in (["--dry-run"], ["--json"], [])
    ]

    assert [one.exit_code for one in said] == [0, 0, 0], said[0].output
    assert reports(root) != before
    dry = said[0].stdout
    assert "double of 7 learners (ada, bob, cleo, eve, fay, gus, hal):\n" in dry
    assert "  the check test_large changed\n" in dry
    assert "total, mean of 2 learners (bob, cleo):\n  judged through double, also" in dry
    assert "all exercises of dan:\n  handed in again\n" in dry
    told = json.loads(said[1].stdout)
    assert len(told["reports"]) == len(CLASS)
    assert told["graded_because"][0] == {
        "learners": ["ada", "bob", "cleo", "eve", "fay", "gus", "hal"],
        "exercises": ["double"],
        "reasons": ["the check test_large changed"],
    }
    assert "learners (" not in said[2].stdout
