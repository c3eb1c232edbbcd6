"""What the grades of a class depend on, by exercise, and what of a report is kept by that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader import language
from grader.course.catalogue import Course
from grader.exercise import Chunk, Source, Submission, Text
from grader.grading import grounds as module
from grader.grading import kept as kept_module
from grader.grading import versions
from grader.grading.grounds import Grounds, KnownGrounds, grounds_of
from grader.grading.kept import Keeper
from grader.grading.regrade_reasons import Regraded, grouped, reasons_of
from grader.grading.setup import plan_for
from grader.outcome import Isolation, Outcome, Result, exercises_of

from ..made_results import made_check, made_result
from .chain_course import ALONE, NAMES, RIGHT, made

ISOLATION = Isolation("process", {"no network": True})
CHECKS = "autograder_tests/chain"
SOURCE = "solutions/chain/chain.py"


@pytest.fixture(autouse=True)
def english() -> None:
    """Speak English."""
    language.use("en")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Return a course, of which every test leaves the files as they are."""
    return made(tmp_path_factory.mktemp("grounds") / "course")


def found(course: Course, isolation: Isolation = ISOLATION, **plan: Any) -> Grounds:
    """Return the grounds of the course's grades."""
    assignment = plan.get("assignment", course.assignments[0])
    made_plan = replace(plan_for(course, course.assignments[0]), **plan)
    return grounds_of(course, assignment, made_plan, isolation)


def changed(before: Grounds, now: Grounds) -> dict[str, list[str]]:
    """Return what changed, by exercise."""
    names = {*before.exercises, *now.exercises}
    said = {name: [*reasons_of(before, now, name, "numpy")] for name in sorted(names)}
    return {name: reasons for name, reasons in said.items() if reasons}


@pytest.fixture
def after(course: Course) -> Any:
    """Return a function that says what an edit changes, and undoes it at the end."""
    undo: list[Callable[[], object]] = []

    def after(name: str, old: str, new: str) -> dict[str, list[str]]:
        before = found(course)
        path = course.root / name
        text = path.read_text("utf-8") if path.exists() else ""
        assert old in text
        undo.append(lambda: path.write_text(text, "utf-8") if text else path.unlink())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1) if old else new, "utf-8")
        return changed(before, found(Course.load(course.root)))

    yield after
    for one in reversed(undo):
        one()


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (f"{CHECKS}/double/test_public.py", "    x = ", "    # a comment\n\n    x = ", {}),
        (SOURCE, "# The double of", "# Twice", {}),
        (SOURCE, "return 2 * x", "return 2 * x  # twice", {}),
        (f"{CHECKS}/mean/mistakes.toml", '["test_small", "test_large"]', "[]", {}),
        (
            f"{CHECKS}/double/test_public.py",
            "normal(3)",
            "normal(4)",
            {"double": ["the check test_small changed"]},
        ),
        (
            f"{CHECKS}/double/test_public.py",
            "Right for",
            "Correct for",
            {"double": ["the check test_small changed"]},
        ),
        (
            f"{CHECKS}/double/test_hidden.py",
            "def test_large",
            "def test_long",
            {
                "double": [
                    "the check test_large is gone",
                    "test_hidden.py, apart from its checks changed",
                    "the check test_long is new",
                ]
            },
        ),
        (
            f"{CHECKS}/double/test_public.py",
            "from grader",
            "import math\nfrom grader",
            {"double": ["test_public.py, apart from its checks changed"]},
        ),
        (
            SOURCE,
            "return 2 * x",
            "return 0 + 2 * x",
            {key: ["the reference changed"] for key in ["double", "mean", "total"]},
        ),
        (
            SOURCE,
            "import numpy as np",
            "import numpy as np\n\nFACTOR = 2",
            {key: ["the reference changed"] for key in NAMES},
        ),
        (
            f"{CHECKS}/mean/mistakes.toml",
            "Look at",
            "See",
            {"mean": ["the known mistake mean_off changed"]},
        ),
        (
            "assignments/course.toml",
            'name = "mean"',
            'name = "mean"\nlimits = { seconds = 3 }',
            {"mean": ["seconds in course.toml: 2.0 → 3.0"]},
        ),
        (
            "assignments/chain/files/data.csv",
            "",
            "1\n",
            {key: ["the given file data.csv is new"] for key in NAMES},
        ),
        ("assignments/course.toml", 'en = "double"', 'en = "Twice"', {}),
    ],
)
def test_a_change_concerns_the_exercises_that_depend_on_it(
    after: Any, name: str, old: str, new: str, expected: dict[str, list[str]]
) -> None:
    """Checks and mistakes those that they are of; the reference those that it is run for."""
    assert after(name, old, new) == expected


def test_the_reference_of_an_exercise_counts_where_checks_ask_for_it(after: Any) -> None:
    """Whatever the statements say of who calls whom."""
    after(f"{CHECKS}/double/test_public.py", "x = ", "reference.largest(draw.normal(2))\n    x = ")

    assert after(SOURCE, "return x.max()", "return 1 * x.max()").keys() == {"double", "largest"}


def test_helpers_of_checks_count_where_they_are_imported(after: Any) -> None:
    """Also by way of each other."""
    after(f"{CHECKS}/inputs.py", "", "SIZE = 3\n")
    after(f"{CHECKS}/mean/test_public.py", "from grader", "from ..inputs import SIZE\nfrom grader")

    said = after(f"{CHECKS}/inputs.py", "SIZE", "SIZE = OTHER")
    assert said == {"mean": ["the checks' helper chain/inputs.py changed"]}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"seed": 8}, "the course's seed changed"),
        ({"secret": "x"}, "the secret seed changed"),
        ({"device": "cuda"}, "device: cpu → cuda"),
        (
            {"isolation": Isolation("bubblewrap", ISOLATION.layers)},
            "isolation: process → bubblewrap",
        ),
        ({"isolation": Isolation("process", {"no network": False})}, "isolation changed"),
    ],
)
def test_what_a_run_chooses_counts_everywhere(
    course: Course, change: dict[str, Any], reason: str
) -> None:
    """Seed, device and walls."""
    assert changed(found(course), found(course, **change)) == {key: [reason] for key in NAMES}


def test_language_processor_and_precision_count_everywhere(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So does every other choice of a run."""
    before = found(course)
    assignment = replace(course.assignments[0], allow_tf32=True)
    tf32 = changed(before, found(course, assignment=assignment))
    monkeypatch.setattr(module.platform, "machine", lambda: "abacus")
    abacus = changed(before, found(course))
    monkeypatch.undo()
    language.use("zh")
    chinese = changed(before, found(course))

    assert tf32 == {key: ["allow_tf32 in course.toml: false → true"] for key in NAMES}
    assert abacus == {key: ["the machine's kind of processor changed"] for key in NAMES}
    assert chinese == {key: ["语言：en → zh"] for key in NAMES}


def test_a_gpu_counts_where_one_was_asked_for(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was skipped for want of a GPU is graded when there is one; the CPU's grades are kept."""
    before = found(course), found(course, device="all")
    monkeypatch.setattr(module.gpu, "nodes", lambda: [Path("/dev/nvidia0")])

    assert changed(before[0], found(course)) == {}
    assert changed(before[1], found(course, device="all")).keys() == set(NAMES)


@pytest.mark.parametrize(("framework", "counts"), [("tensorflow", True), ("numpy", False)])
def test_the_version_of_its_own_framework_counts(
    course: Course, monkeypatch: pytest.MonkeyPatch, framework: str, counts: bool
) -> None:
    """After an upgrade of Keras, what was written in TensorFlow is graded again, and no more."""

    def with_keras(version: str) -> Grounds:
        installed = {"tensorflow": "2.21.0", "keras": version, "jax": "0.8.1"}
        monkeypatch.setattr(versions, "version_of", lambda name: installed.get(name, ""))
        return found(course)

    said = [*reasons_of(with_keras("3.12.0"), with_keras("3.13.0"), "mean", framework)]
    assert said == (["Keras: 3.12.0 → 3.13.0"] if counts else [])


def test_gradproof_itself_counts(
    course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Another version of the grader grades everything again."""
    before = found(course)
    (tmp_path / "own.py").write_text("changed")
    monkeypatch.setattr(versions, "own_sources", lambda: [tmp_path / "own.py"])
    versions.common_versions.cache_clear()
    said = changed(before, found(course))
    versions.common_versions.cache_clear()

    assert said.keys() == set(NAMES)
    assert said["mean"][0].startswith("gradproof: ")


def test_titles_change_reports_and_no_grade(course: Course) -> None:
    """They are told apart, but nothing is graded for them."""
    first, *others = course.assignments[0].exercises
    renamed = replace(first, title=Text("New", "新"))
    assignment = replace(course.assignments[0], exercises=(renamed, *others))
    now = found(course, assignment=assignment)

    assert changed(found(course), now) == {}
    assert now.identity != found(course).identity


def test_the_same_course_has_the_same_grounds_wherever_it_lies(
    course: Course, tmp_path: Path
) -> None:
    """And whenever its files were written."""
    assert found(made(tmp_path / "elsewhere")).identity == found(course).identity


def test_grounds_are_found_again_and_damaged_ones_are_not(course: Course, tmp_path: Path) -> None:
    """Of earlier ones, the newest are kept."""
    known, several = KnownGrounds(tmp_path), [found(course, seed=n) for n in range(50)]
    for one in several:
        known.add(one)
    again = KnownGrounds(tmp_path)

    assert again.get(several[-1].identity) == several[-1]
    assert again.get(several[0].identity) is None
    path = tmp_path / "grounds.json"
    path.write_text(path.read_text().replace('"49"', '"48"'))
    assert KnownGrounds(tmp_path).get(several[-1].identity) is None
    path.write_bytes(b"\xff{")
    assert KnownGrounds(tmp_path).get(several[-2].identity) is None


# -- what is kept of a report ----------------------------------------------------------------------


def handed_in(text: str = RIGHT, **more: Any) -> Submission:
    """Return a submission."""
    return Submission("chain.py", (Chunk("chain.py", text),), "numpy", "d1", **more)


def report(*outcomes: Outcome, **more: Any) -> Result:
    """Return a report with one check for each exercise, passed if nothing else is said."""
    several = [*outcomes, *[Outcome.PASSED] * len(NAMES)]
    checks = [made_check(f"{name}.test_small", several[i]) for i, name in enumerate(NAMES)]
    return made_result(*checks, **{"digest": "d1", **more})


@pytest.fixture
def keeper(course: Course, tmp_path: Path) -> Keeper:
    """Return what decides by today's grounds, and knows those with another check of double."""
    return Keeper(plan_for(course, course.assignments[0]), found(course), KnownGrounds(tmp_path))


def with_other(keeper: Keeper, exercise: str) -> str:
    """Return the fingerprint of a report by grounds with another check of *exercise*."""
    now = keeper.grounds
    one = {**now.exercises[exercise], "check test_small": "another"}
    before = Grounds(now.common, now.frameworks, {**now.exercises, exercise: one}, now.titles)
    keeper.known.add(before)
    return Keeper(keeper.plan, before, keeper.known).fingerprint(handed_in())


def test_a_report_by_the_same_grounds_is_kept_whole(keeper: Keeper) -> None:
    """Also what lost its points."""
    result = report(Outcome.FAILED)
    kept = keeper.of((result, keeper.fingerprint(handed_in())), handed_in())

    assert (kept.why, kept.result) == ({}, result)


@pytest.mark.parametrize(
    ("outcomes", "through"),
    [
        ([], {}),
        ([Outcome.FAILED], {}),
        ([Outcome.PASSED, Outcome.FAILED], {"total"}),
        ([Outcome.FAILED, Outcome.PASSED, Outcome.TIMED_OUT], {"mean"}),
        ([Outcome.PASSED, Outcome.SKIPPED, Outcome.PASSED, Outcome.FAILED], {}),
    ],
)
def test_what_lost_points_and_calls_what_is_graded_again_is_graded_again(
    keeper: Keeper, outcomes: list[Outcome], through: set[str]
) -> None:
    """What passed by itself is judged through nothing."""
    kept = keeper.of((report(*outcomes), with_other(keeper, "double")), handed_in())

    assert kept.why == {"double": ("the check test_small changed",)} | dict.fromkeys(
        through, ("judged through double, also graded again",)
    )
    assert {one.exercise for one in kept.exercises} == set(NAMES) - {"double", *through}


def test_what_passed_through_another_is_judged_through_it(keeper: Keeper) -> None:
    """Its points are those of a second run, in which the reference answered."""
    result = report(Outcome.FAILED)
    lent = made_check("mean.test_small", Outcome.PASSED, through="double")
    exercises = [
        replace(one, checks=(lent,)) if one.exercise == "mean" else one for one in result.exercises
    ]
    kept = keeper.of(
        (replace(result, exercises=tuple(exercises)), with_other(keeper, "double")), handed_in()
    )

    assert kept.why.keys() == {"double", "mean"}


def test_what_an_exercise_does_not_call_is_nothing_to_it(keeper: Keeper) -> None:
    """However wrong it is."""
    alone = handed_in(ALONE)
    now = keeper.fingerprint(alone)[32:]
    before = with_other(keeper, "double")[:32]
    kept = keeper.of((report(*[Outcome.FAILED] * 4), before + now), alone)

    assert kept.why.keys() == {"double"}


def replaced(result: Result, exercise: str, **more: Any) -> Result:
    """Return *result* with something else in the check of one exercise."""
    checks = [replace(c, **more) if c.exercise == exercise else c for c in result.checks]
    return replace(result, exercises=exercises_of(checks))


def test_what_broke_on_our_side_or_lacked_a_library_is_graded_again(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library once it is installed."""
    mark = keeper.fingerprint(handed_in())
    broken = replaced(report(), "largest", outcome=Outcome.INTERNAL)
    lacking = replaced(report(), "mean", outcome=Outcome.CRASHED, missing_library="absent")

    assert keeper.of((broken, mark), handed_in()).why == {
        "largest": ("gradproof or the machine failed last time",)
    }
    assert keeper.of((lacking, mark), handed_in()).why == {}
    monkeypatch.setattr(kept_module.importlib.util, "find_spec", lambda name: name == "absent")
    assert keeper.of((lacking, mark), handed_in()).why == {"mean": ("absent is installed now",)}


def test_an_exercise_that_is_taken_from_another_file_now_is_graded_again(keeper: Keeper) -> None:
    """The dates of files decide which counts, and are in no digest."""
    one, other = Source("a.py", "", "written"), Source("b.py", "", "written")
    before = report()
    sourced = tuple(replace(e, source=one) for e in before.exercises)
    now = handed_in(sources={name: other if name == "mean" else one for name in NAMES})
    kept = keeper.of((replace(before, exercises=sourced), keeper.fingerprint(now)), now)

    assert kept.why == {"mean": ("is taken from another place of the submission now",)}


def test_what_is_not_known_is_graded_whole(keeper: Keeper) -> None:
    """Each time with the reason."""
    mark = keeper.fingerprint(handed_in())
    skipped = report(*[Outcome.SKIPPED] * 4)
    cases = {
        "nothing is kept": None,
        "handed in again": (report(digest="d2"), mark),
        "is read in another way now": (report(), mark[:32] + "0" * 32),
        "what its last grade depended on is not known": (report(), "0" * 32 + mark[32:]),
        "has no grade": (skipped, mark),
    }
    for reason, known in cases.items():
        assert keeper.of(known, handed_in()).why == dict.fromkeys(NAMES, (reason,))
    assert keeper.of((report(), None), handed_in()).why.keys() == set(NAMES)


def test_two_devices_are_compared_in_one_run(course: Course, tmp_path: Path) -> None:
    """So nothing of it is kept beside what is graded again."""
    plan = replace(plan_for(course, course.assignments[0]), device="all")
    keeper = Keeper(plan, found(course, device="all"), KnownGrounds(tmp_path))
    kept = keeper.of((report(), with_other(keeper, "largest")), handed_in())

    assert kept.why["double"] == ("two devices are compared",)
    assert kept.why.keys() == set(NAMES)


def test_the_submission_counts(keeper: Keeper) -> None:
    """Its bytes, its framework, its name and what is said of it; nothing else."""
    one = handed_in()
    several = [
        one,
        replace(one, digest="d2"),
        replace(one, framework="torch"),
        replace(one, name="other.py"),
        replace(one, notes=("A note.",)),
    ]

    assert len({keeper.fingerprint(each) for each in several}) == len(several)
    assert keeper.fingerprint(replace(one)) == keeper.fingerprint(one)


def test_a_class_is_told_in_groups_the_largest_first() -> None:
    """By exercises and reasons; all exercises of the assignment are not listed."""
    why = {
        "s10": {"a": ("one",), "b": ("one",)},
        "s2": {"a": ("one",), "b": ("one",)},
        "s3": {"a": ("one", "two"), "b": ("three",)},
    }

    assert grouped(why, ["a", "b"]) == [
        Regraded(("s2", "s10"), (), ("one",)),
        Regraded(("s3",), ("a",), ("one", "two")),
        Regraded(("s3",), ("b",), ("three",)),
    ]
