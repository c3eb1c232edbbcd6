from __future__ import annotations

import pytest

from grader.course import mutation as module
from grader.course.audit import CourseAudit
from grader.course.mutation import audit, mutate
from grader.errors import AuthoringError
from grader.submission.sandbox import Zygote

from .warmup import CHECKS, SOURCE, edited, made

EQUIVALENTS = f"{CHECKS}/equivalents.toml"
RIGHT_TOO = """\
[[equivalent]]
exercise = "scale"
replace = "return x * factor + 0"
with = "return x * factor - 0"
reason = "Nothing is added, nothing is taken away."

[[equivalent]]
exercise = "scale"
replace = "return x * factor + 0"
with = "return x * factor"
reason = "Nothing is added."
"""


@pytest.fixture(scope="module")
def walls():
    """Return two zygotes for NumPy, shared by the tests of this module."""
    with Zygote(("numpy",)) as one, Zygote(("numpy",)) as other:
        # heard here, because only one process can hear it
        assert one.ready and other.ready
        yield [one, other]


@pytest.fixture(autouse=True)
def quick(walls, monkeypatch):
    """Let every run use the shared zygotes, each for one process at a time."""
    free = list(walls)

    class Shared:
        def __init__(self, frameworks, walled):
            self.zygote = free.pop()

        def __enter__(self):
            return self.zygote

        def __exit__(self, *exception):
            free.append(self.zygote)

    monkeypatch.setattr(module, "Zygote", Shared)


@pytest.fixture
def warmup(tmp_path):
    """Return a course whose reference also adds nothing, in a way that can be mutated."""
    return edited(made(tmp_path / "course"), SOURCE, "return x * factor", "return x * factor + 0")


def mutated(course, processes=1):
    """Return what became of the mutants of *course*, and the findings as sentences."""
    (one,), findings = mutate(course, course.assignments[0], processes=processes)
    return one, [str(finding).removeprefix(f"{course.root}/") for finding in findings]


def test_survivors_are_found_with_their_diff(warmup):
    """Where in the source, and what was edited."""
    one, findings = mutated(warmup)

    assert one.row() == ("scale", one.mutants, one.mutants - 2, 0, 2)
    what = "scale: every check passes this mutant; catch it or list it as right:"
    assert findings == [
        f"{SOURCE}:21: {what}\n- return x * factor + 0\n+ return x * factor - 0",
        f"{SOURCE}:21: {what}\n- return x * factor + 0\n+ return x * factor",
    ]


def test_several_processes_find_the_same(warmup):
    """The order in which mutants end is nothing to the author."""
    assert mutated(warmup, processes=2) == mutated(warmup)


def test_listed_equivalents_are_no_survivors(warmup):
    """A survivor that is right, too, is counted and not found again."""
    (warmup.root / EQUIVALENTS).write_text(RIGHT_TOO, encoding="utf-8")
    one, findings = mutated(warmup)

    assert (one.equivalent, one.survivors, findings) == (2, [], [])


@pytest.mark.parametrize("replacement", ["return x * factor + 1", "return y"])
def test_an_equivalent_that_is_no_survivor_is_found(warmup, replacement):
    """A check catches it by now, or there is no such mutant at all."""
    text = RIGHT_TOO.replace("return x * factor - 0", replacement)
    (warmup.root / EQUIVALENTS).write_text(text, encoding="utf-8")
    _one, findings = mutated(warmup)

    what = "scale: no mutant that survives is this edit; remove the entry"
    assert f"{EQUIVALENTS}:1: {what}" in findings


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('exercise = "scale"', 'exercise = "scales"', "warmup has no exercise 'scales'"),
        ('reason = "Nothing is added."', 'reason = " "', "an equivalent without a reason"),
        (
            'with = "return x * factor"\n',
            'with = "return x * factor - 0"\n',
            "this edit is listed on line 1; keep one",
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


def test_a_check_that_breaks_is_found(warmup):
    """A learner with this mistake would have no grade."""
    path = f"{CHECKS}/test_scale.py"
    old = "    assert_close(student.scale(x, 2.5), expected)\n"
    new = f"    if student.scale(x, 2.5) is None:\n        raise OSError\n{old}"
    _one, findings = mutated(edited(warmup, path, old, new))

    assert any("scale: test_values breaks" in text and "+ pass" in text for text in findings)


def test_only_an_audit_with_mutants_looks_for_survivors(warmup, monkeypatch):
    """Their counts and findings join those of the audit."""
    monkeypatch.setattr(module.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(module, "audit_course", lambda *arguments: CourseAudit())
    without = audit(warmup, ["warmup"], lambda step: None, with_mutants=False)
    steps = []
    whole = audit(warmup, ["warmup"], steps.append, with_mutants=True)

    assert (without.mutations, without.findings) == ([], [])
    ((name, count, killed, equivalent, survivors),) = whole.mutations
    assert (name, killed, equivalent, survivors) == ("scale", count - 2, 0, 2)
    assert len(whole.findings) == 2
    assert whole.payload()["mutations"] == [
        {
            "exercise": "scale",
            "mutants": count,
            "killed": killed,
            "equivalent": 0,
            "survivors": 2,
        }
    ]
    assert steps[-1] == f"warmup: mutant {count} of {count}"
