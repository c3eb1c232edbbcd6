from __future__ import annotations

import pytest

from grader.audit import mutation_testing as module
from grader.audit.fingerprint import Fingerprints
from grader.audit.kept_results import read_results
from grader.audit.mutation_testing import mutate
from grader.audit.trials import read_exercises
from grader.course.catalogue import Course
from grader.course.scaffold import new_exercise
from grader.errors import AuthoringError
from grader.sandbox.isolation import STRONGEST
from grader.scoring import check_runner, executor

from ..warmup import CHECKS, SOURCE, edited

pytestmark = pytest.mark.usefixtures("quick")

EQUIVALENTS = f"{CHECKS}/equivalents.toml"
RIGHT_TOO = """\
[[equivalent]]
replace = "return x * factor + 0"
with = "return x * factor - 0"
reason = "Nothing is added, nothing is taken away."

[[equivalent]]
replace = "return x * factor + 0"
with = "return x * factor"
reason = "Nothing is added."
"""


@pytest.fixture
def warmup(warmup):
    """Return a course whose reference also adds nothing, in a way that can be mutated."""
    # they are edits of the reference as it was
    (warmup.root / CHECKS / "mistakes.toml").unlink()
    return edited(warmup, SOURCE, "return x * factor", "return x * factor + 0")


def exercises_of(course):
    """Return all exercises of *course* as an audit reads them."""
    units = [(a, e) for a in course.assignments for e in a.exercises]
    return read_exercises(course, units)[0]


def mutated(course, processes=1, fresh=False):
    """Return what became of the mutants of *course*, and the findings as sentences."""
    (one,), findings = mutate(exercises_of(course), processes=processes, fresh=fresh)
    return one, [str(finding).removeprefix(f"{course.root}/") for finding in findings]


def test_survivors_are_found_with_their_diff(warmup):
    """Where in the source, and what was edited."""
    one, findings = mutated(warmup)

    assert one.row() == ("scale", one.mutants, one.mutants - 2, 0, 2)
    what = "scale: every check passes this mutant; catch it or list it as equivalent:"
    assert findings == [
        f"{SOURCE}:21: {what}\n- return x * factor + 0\n+ return x * factor - 0",
        f"{SOURCE}:21: {what}\n- return x * factor + 0\n+ return x * factor",
    ]


def test_several_processes_find_the_same(warmup):
    """The order in which mutants end is nothing to the author."""
    assert mutated(warmup, processes=2, fresh=True) == mutated(warmup, fresh=True)


def test_listed_equivalents_are_no_survivors(warmup):
    """A survivor that is right, too, is counted and not found again."""
    (warmup.root / EQUIVALENTS).write_text(RIGHT_TOO, encoding="utf-8")
    one, findings = mutated(warmup)

    assert (len(one.equivalents), one.survivors, findings) == (2, [], [])
    assert [reason for _mutant, reason in one.equivalents] == [
        "Nothing is added, nothing is taken away.",
        "Nothing is added.",
    ]


@pytest.mark.parametrize("replacement", ["return x * factor + 1", "return y"])
def test_an_equivalent_that_is_no_survivor_is_found(warmup, replacement):
    """A check catches it by now, or there is no such mutant at all."""
    text = RIGHT_TOO.replace("return x * factor - 0", replacement)
    (warmup.root / EQUIVALENTS).write_text(text, encoding="utf-8")
    _one, findings = mutated(warmup)

    what = "scale: no surviving mutant has this edit; remove the entry"
    assert f"{EQUIVALENTS}:1: {what}" in findings


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('reason = "Nothing is added."', 'reason = " "', "an equivalent needs a reason"),
        (
            'with = "return x * factor"\n',
            'with = "return x * factor - 0"\n',
            "this edit is listed on line 1; keep one",
        ),
        ('with = "return x * factor"\n', 'operator = "float32"\n', "write either an operator, or"),
        (
            'replace = "return x * factor + 0"\nwith = "return x * factor"\n',
            'operator = "float23"\n',
            "'float23' is not an operator; write one of: ",
        ),
    ],
)
def test_a_broken_list_of_equivalents_is_an_error(warmup, old, new, found):
    """With the place and what to do."""
    (warmup.root / EQUIVALENTS).write_text(RIGHT_TOO.replace(old, new), encoding="utf-8")

    with pytest.raises(AuthoringError, match=found) as caught:
        mutated(warmup)
    assert caught.value.path == warmup.root / EQUIVALENTS
    assert caught.value.line


def test_an_endless_mutant_is_killed(warmup, monkeypatch):
    """It has a short time, shorter than a learner's."""
    monkeypatch.setattr(module, "SECONDS", 0.5)
    body = "n = 0\n    while n < 1:\n        n += 1\n    return x * factor"
    one, _findings = mutated(edited(warmup, SOURCE, "return x * factor + 0", body))

    assert "pass" not in {survivor.replacement.strip() for survivor in one.survivors}


def test_one_reason_may_do_for_all_mutants_of_an_operator(warmup):
    """An entry of a mutant's own comes first; an operator without survivors is found."""
    first, _second = RIGHT_TOO.split("\n\n")
    whole = '[[equivalent]]\noperator = "{}"\nreason = "None matters."\n'
    text = whole.format("operator") + whole.format("term") + whole.format("constant") + first
    (warmup.root / EQUIVALENTS).write_text(text, encoding="utf-8")
    one, findings = mutated(warmup)

    assert [reason for _mutant, reason in one.equivalents] == [
        "Nothing is added, nothing is taken away.",
        "None matters.",
    ]
    what = "scale: no surviving mutant is of the operator {!r}; remove the entry"
    assert findings == [
        f"{EQUIVALENTS}:1: {what.format('operator')}",
        f"{EQUIVALENTS}:7: {what.format('constant')}",
    ]


def test_a_mutant_that_ends_its_process_is_graded_in_a_worker(warmup):
    """It is killed like any other; the audit goes on."""
    body = "if factor > 1e9:\n        __import__('os')._exit(1)\n    return x * factor"
    one, findings = mutated(edited(warmup, SOURCE, "return x * factor + 0", body))

    assert one.killed > 1
    assert [finding for finding in findings if "died" in finding or "breaks" in finding] == []


def test_what_fails_in_the_audit_itself_asks_no_worker(warmup, monkeypatch):
    """There it is many times as fast; only what passes is tried in a worker, too."""
    walled = []
    channel_to = check_runner.channel_to

    def noted(submission, *rest):
        walled.append(submission)
        return channel_to(submission, *rest)

    monkeypatch.setattr(check_runner, "channel_to", noted)
    # without forks everything happens in this process
    monkeypatch.setattr(executor, "system_forks", lambda: False)
    one, _findings = mutated(warmup)

    assert len(walled) == len(one.survivors) == 2


def test_a_check_that_breaks_is_found(warmup):
    """A learner with this mistake would have no grade."""
    path = f"{CHECKS}/test_public.py"
    old = "    assert_close(student.scale(x, 2.5), expected)\n"
    new = f"    if student.scale(x, 2.5) is None:\n        raise OSError\n{old}"
    _one, findings = mutated(edited(warmup, path, old, new))

    assert any("scale: test_values breaks" in text and "+ pass" in text for text in findings)


def test_a_second_run_grades_nothing_again(warmup, monkeypatch):
    """Counts and findings are those of the first; the cache hides itself from git."""
    steps = []
    first, findings = mutated(warmup)
    monkeypatch.setattr(module, "grade_all", lambda jobs, zygotes, grade: steps.append(jobs))
    second, again = mutated(warmup)

    assert (first.remembered, second.remembered) == (0, first.mutants)
    assert (second.row(), again, steps) == (first.row(), findings, [])
    assert (warmup.root / ".gradproof/.gitignore").read_text(encoding="utf-8") == "*\n"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SOURCE, "return x * factor + 0", "return 0 + x * factor"),
        (f"{CHECKS}/test_public.py", "2.5), expected", "2.5) + 0, expected"),
        ("assignments/course.toml", "seed = 20261120", "seed = 7"),
        ("assignments/course.toml", "memory_mb = 4096", "memory_mb = 4000"),
    ],
)
def test_what_a_verdict_depends_on_is_noticed(warmup, name, old, new):
    """After a change of it, mutants are graded again."""
    mutated(warmup)
    one, _findings = mutated(edited(warmup, name, old, new))

    assert one.remembered == 0


def test_checks_of_another_exercise_cost_nothing(warmup):
    """A verdict depends on the checks of its own exercise alone."""
    new_exercise(warmup, "warmup", "shift")
    course = Course.load(warmup.root)
    mutate(exercises_of(course))
    public = "autograder_tests/warmup/shift/test_public.py"
    edited(course, public, "draw.normal(3, 5)", "draw.normal(4, 6)")
    (scale, shift), _findings = mutate(exercises_of(course))

    assert (scale.remembered, shift.remembered) == (scale.mutants, 0)


def test_fresh_asks_nothing_of_an_earlier_run(warmup):
    """It grades all and keeps what it found for the next."""
    mutated(warmup)
    fresh, _findings = mutated(warmup, fresh=True)
    after, _findings = mutated(warmup)

    assert (fresh.remembered, after.remembered) == (0, after.mutants)


def test_an_interrupted_run_keeps_what_it_has(warmup, monkeypatch):
    """The next one goes on from there."""
    grade_all = module.grade_all

    def interrupted(jobs, zygotes, grade, **options):
        for done, ended in enumerate(grade_all(jobs, zygotes, grade, **options)):
            if done == 2:
                raise KeyboardInterrupt
            yield ended

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(module, "grade_all", interrupted)
        mutated(warmup)
    one, _findings = mutated(warmup)

    assert one.remembered == 2


def test_a_verdict_of_a_failing_machine_is_not_kept(warmup, monkeypatch):
    """A mutant that no process could grade is graded again the next time."""
    grade_all = module.grade_all

    def failing(jobs, zygotes, grade, **options):
        yield module.EndedJob(jobs[0], None, "the grading process died twice")
        yield from grade_all(jobs[1:], zygotes, grade, **options)

    monkeypatch.setattr(module, "grade_all", failing)
    one, findings = mutated(warmup)

    assert f"{SOURCE}:21: scale: the grading process died twice on this mutant:" in findings[0]
    (scale,) = exercises_of(warmup)
    fingerprint = Fingerprints(STRONGEST).of(scale)
    assert len(read_results(warmup.root, scale.label, fingerprint).mutants) == one.mutants - 1


def test_every_step_is_told(warmup):
    """With its number and how many there are."""
    steps = []
    (one,), _findings = mutate(exercises_of(warmup), lambda *step: steps.append(step))

    count = one.mutants
    assert steps[-1] == ("warmup/scale: mutants", count, count)
