from __future__ import annotations

import pytest

from grader.audit import course_audit as module
from grader.audit import trials
from grader.audit.audit_report import Mutation
from grader.audit.course_audit import AuditOptions, audit
from grader.audit.findings import Finding, silent
from grader.course.catalogue import Course
from grader.course.scaffold import new_exercise
from grader.course.sync import sync
from grader.errors import AuthoringError, UsageError

from ..warmup import CHECKS, SOURCE, edited

pytestmark = pytest.mark.usefixtures("quick")


def audited(course, *names, progress=silent, **options):
    """Return the audit of *course*."""
    return audit(course, names, progress, AuditOptions(**options))


def findings(report, root):
    """Return each finding as ``path:line: what``, the path relative to the course."""
    return [str(finding).removeprefix(f"{root}/") for finding in report.findings]


def test_what_no_kit_may_hold_is_found_before_a_kit_is_made(warmup):
    """A line of the solution in a module that public checks import would stop every release."""
    helper = warmup.root / CHECKS / "ways.py"
    helper.write_text("def ways(x, factor):\n    return x * factor\n", encoding="utf-8")
    checks = f"{CHECKS}/test_public.py"
    first = (warmup.root / checks).read_text("utf-8").splitlines()[0]
    course = edited(warmup, checks, first, f"from .ways import ways\n\n{first}")

    report = audited(course)

    said = "a kit would reveal 'return x * factor' from solutions/warmup/warmup.py; write it in "
    said += "another way, or in a module that only hidden checks import"
    assert f"{CHECKS}/ways.py:2: {said}" in findings(report, course.root)


def test_a_fresh_course_audits_clean(warmup):
    """What the scaffold makes is right, and the audit says what it looked at."""
    steps = []
    whole = audited(warmup, progress=lambda *step: steps.append(step))

    assert whole.findings == []
    assert whole.rows() == [("warmup", 1, 3, 3, 3, 0)]
    assert whole.exercise_rows() == [("warmup/scale", 3, 3, 3, 0)]
    payload = whole.payload()
    caught = {
        "scale/added": ("test_values", "test_negative_factor"),
        "scale/size_only": ("test_negative_factor",),
        "scale/in_place": ("test_input_unchanged",),
    }
    assert payload["schema"] == "gradproof/audit/v1"
    assert payload["assignments"] == [
        {
            "assignment": "warmup",
            "exercises": 1,
            "checks": 3,
            "mistakes": 3,
            "accepted": 3,
            "findings": 0,
            "caught": caught,
        }
    ]
    (scale,) = payload["exercises"]
    assert [one["caught_by"] for one in scale["mistakes"]] == list(caught.values())
    assert (scale["exercise"], scale["unchanged"], scale["runs"]) == ("scale", False, 12)
    assert {name for name, _done, _total in steps} == {"warmup/scale"}
    assert [done for _name, done, _total in steps] == list(range(1, len(steps) + 1))
    assert steps[-1][1:] == (len(steps), len(steps))


@pytest.mark.parametrize("assignment", ["warmup", "later"])
def test_a_new_exercise_has_only_words_left_to_write(warmup, assignment):
    """Everything that the audit finds in it is a line that says what to write."""
    done = new_exercise(warmup, assignment, "shift")
    course = Course.load(warmup.root)
    sync(course, write=True)
    whole = audited(course)

    said = {finding.what.partition(": ")[0] for finding in whole.findings}
    assert said == {"is left to write"}
    places = [f"{finding.path}:{finding.line}" for finding in whole.findings]
    left = [entry.rpartition(": ")[0] for entry in done.left_to_write]
    assert sorted(places) == sorted(dict.fromkeys(left))


def test_stale_and_stray_starters_are_found(warmup):
    """Starters are what their sources make of them, and nothing else lies there."""
    starter = warmup.root / "assignments/warmup/warmup.py"
    starter.write_text(starter.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    (starter.parent / "old.py").touch()
    whole = audited(warmup)

    assert findings(whole, warmup.root) == [
        "assignments/warmup: 1 starter is stale; run `gradproof sync`",
        "assignments/warmup/old.py: is not generated from any source; remove it",
    ]


def test_stale_starters_of_an_assignment_are_one_finding(warmup):
    """However many a change of the source leaves behind."""
    course = edited(warmup, SOURCE, "which may be negative", "of either sign")
    whole = audited(course)

    assert findings(whole, course.root) == [
        "assignments/warmup: 2 starters are stale; run `gradproof sync`"
    ]


def test_every_finding_about_an_assignment_is_counted(warmup):
    """Also those that no trial shows: stale starters, too few variants, what is left to write."""
    (warmup.root / "solutions/warmup/accepted/loop.py").unlink()
    course = edited(warmup, SOURCE, "# 返回将", "# Write here: more. #")
    course = edited(course, "assignments/course.toml", '"Scaling"', '"Write here: the title"')
    whole = audited(course)

    assert sorted(findings(whole, course.root)) == [
        "assignments/course.toml:16: is left to write: the title",
        "assignments/warmup: 4 starters are stale; run `gradproof sync`",
        "solutions/warmup/accepted: scale has 2 accepted variants; write 3",
        f"{SOURCE}:15: is left to write: more.",
    ]
    assert whole.rows() == [("warmup", 1, 3, 3, 2, 4)]
    assert whole.exercise_rows() == [("warmup/scale", 3, 3, 2, 3)]


INPUTS = f"{CHECKS}/inputs.py"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "def inputs(draw):\n    return [draw.normal(3, n), 2.0]\n",
            ":2: inputs() raised NameError: name 'n' is not defined; return the arguments of one "
            "call of 'scale'",
        ),
        ("def inputs(draw)\n", ":1: this is not Python: expected ':'"),
        (
            "def input(draw):\n    return []\n",
            ": there is no function inputs(draw) here; return the arguments of one call of 'scale'",
        ),
        (
            "def inputs(draw):\n    return draw.normal(3)\n",
            ": inputs() returned ndarray; return the arguments of one call of 'scale' as a list",
        ),
        (
            "def inputs(draw):\n    return [draw.normal(3)]\n",
            ": the reference does not accept what inputs() returns: ",
        ),
    ],
)
def test_inputs_that_give_no_call_are_found(warmup, text, found):
    """With the line that raised; nobody else would call them before the benchmark does."""
    (warmup.root / INPUTS).write_text(text, encoding="utf-8")

    (said,) = findings(audited(warmup), warmup.root)
    assert said.startswith(f"{INPUTS}{found}")


def test_inputs_are_drawn_as_in_checks(warmup):
    """With every method of ``draw`` and its options."""
    text = (
        "def inputs(draw):\n    return [draw.normal(3, scale=2.0) + draw.uniform(-1, 1, 3), 2.0]\n"
    )
    (warmup.root / INPUTS).write_text(text, encoding="utf-8")

    assert audited(warmup).findings == []


def test_a_forbidden_name_that_a_library_does_not_have_is_found(warmup):
    """With its line; a wildcard, and a package that is not installed, are not looked at."""
    entries = '"numpy.linalg.nrom", "numpy.r*l", "nowhere.at_all"'
    course = edited(
        warmup, "assignments/course.toml", "points = 4\n", f"points = 4\nforbidden = [{entries}]\n"
    )
    found = findings(audited(course), course.root)

    assert "assignments/course.toml:16: numpy.linalg has no 'nrom'" in found
    assert not [text for text in found if "nowhere" in text or "r*l" in text]


HIDDEN = f"{CHECKS}/test_hidden.py"
PUBLIC = f"{CHECKS}/test_public.py"
MISTAKES = f"{CHECKS}/mistakes.toml"


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        (
            "assignments/course.toml",
            "points = 4",
            "points = 5",
            "assignments/course.toml:15: scale is worth 5 points, its checks give 4; change one",
        ),
        (
            MISTAKES,
            'caught_by = ["test_negative_factor"]',
            'caught_by = ["test_negative_factor", "test_sign"]',
            f"{MISTAKES}:8: scale/size_only names test_sign, which is not a check; fix the name",
        ),
        (
            MISTAKES,
            'caught_by = ["test_negative_factor"]',
            'caught_by = ["test_values"]',
            f"{MISTAKES}:8: scale/size_only is caught by test_negative_factor, but its caught_by "
            "says test_values; fix the checks, or run `gradproof audit warmup/scale --record`",
        ),
        (
            MISTAKES,
            'with = "x * abs(factor)"',
            'with = "factor * x"',
            f"{MISTAKES}:8: scale/size_only is not caught by any check; write one that catches it",
        ),
        (
            PUBLIC,
            "-0.5), expected)\n",
            "-0.5), expected, scale=1e12)\n    return\n",
            f"{PUBLIC}:15: test_negative_factor catches no known mistake; add one, or remove it",
        ),
        (
            "solutions/warmup/accepted/loop.py",
            "x[index] * factor",
            "x[index] * factor * 1.001",
            f"{PUBLIC}:4: loop.py must pass test_values, but: failed: The result has wrong values.",
        ),
        (
            "solutions/warmup/accepted/loop.py",
            "def scale(",
            "def scales(",
            "solutions/warmup/accepted: scale has 2 accepted variants; write 3",
        ),
        (
            HIDDEN,
            "    assert_close(student.scale(x, 3.0), reference.scale(before, 3.0))\n",
            "    student.scale(x, 3.0)\n",
            f"{HIDDEN}:4: test_input_unchanged gives 1 points to a function that returns None",
        ),
        (
            PUBLIC,
            "    expected = reference.scale(x, 2.5)\n",
            "    expected = reference.scale(x, 2.51)\n",
            f"{PUBLIC}:4: the reference must pass test_values, but: failed: The result has wrong",
        ),
        (
            PUBLIC,
            "    x = draw.normal(3, 5)\n",
            "    x = draw.normal(3, 5)\n    return\n",
            f"{PUBLIC}:4: test_values: the starter must end 'not implemented', not 'passed'",
        ),
        (
            PUBLIC,
            "    assert_close(student.scale(x, 2.5), expected)\n",
            "    if student.scale(x, 2.5) is None:\n        raise OSError\n"
            "    assert_close(student.scale(x, 2.5), expected)\n",
            f"{PUBLIC}:4: test_values breaks on a function that returns None: This is not your",
        ),
        (
            PUBLIC,
            "    expected = reference.scale(x, 2.5)\n",
            "    expected = reference.scale(x, float('nan'))\n",
            f"{PUBLIC}:4: test_values breaks on the reference: This is not your fault: the check "
            "itself failed (AuthoringError: an expected value is not a number",
        ),
        (
            PUBLIC,
            "    assert_close(student.scale(x, 2.5), expected)\n",
            "    from grader.checks import assert_gradient\n"
            "    assert_gradient(student, reference, 'scale', [x, 0.0], x, names=['dx'])\n",
            f"{PUBLIC}:4: test_values breaks on the reference: This is not your fault: the check "
            "itself failed (AuthoringError: the true gradient dx is zero",
        ),
        (
            PUBLIC,
            "draw.normal(1, 3)",
            "draw.normal(2, 3)",
            f"{HIDDEN}: scale: x never had 1 row; draw it in a check, or say in course.toml: "
            'varies = { x = "no size 1 on axis 0 (why)" }',
        ),
        (
            "assignments/course.toml",
            "points = 4\n",
            'points = 4\nvaries = { x = "no size 1 (why)" }\n',
            "assignments/course.toml:16: scale: x needs no 'no size 1', as it does vary; remove it",
        ),
        (
            PUBLIC,
            "    expected = reference.scale(x, 2.5)\n",
            "    expected = reference.scale(x, 2.5)\n    assert student.scale(x, 2.5) is not x\n",
            f"{PUBLIC}:12: this assert tells a learner nothing; raise a Mismatch with a sentence, ",
        ),
        (
            HIDDEN,
            "return.\n",
            "return. Write here: more\n",
            f"{HIDDEN}:7: is left to write: more",
        ),
        (
            SOURCE,
            "# 返回将",
            "# Write here: 返回将",
            f"{SOURCE}:15: is left to write: 返回将",
        ),
    ],
)
def test_each_fault_is_found(warmup, name, old, new, found):
    """With the file to open and the line in it."""
    course = edited(warmup, name, old, new)
    if name == SOURCE:
        sync(course, write=True)

    assert any(text.startswith(found) for text in findings(audited(course), course.root))


def test_too_few_mistakes_are_found(warmup):
    """Three for each exercise; none at all is said too."""
    path = warmup.root / MISTAKES
    path.write_text("", encoding="utf-8")
    found = findings(audited(warmup), warmup.root)

    assert f"{MISTAKES}: scale has 0 known mistakes; write 3" in found
    what = "test_values catches no known mistake; add one, or remove it"
    assert f"{PUBLIC}:4: {what}" in found


def test_files_of_no_exercise_and_missing_ones_are_found(warmup):
    """What nobody runs looks as if it were run."""
    (warmup.root / CHECKS / "test_scale.py").touch()
    (warmup.root / CHECKS).with_name("scales").mkdir()
    (warmup.root / HIDDEN).unlink()
    (warmup.root / CHECKS / "__pycache__").mkdir()
    (warmup.root / CHECKS / ".DS_Store").touch()
    found = findings(audited(warmup), warmup.root)

    what = "belongs to no exercise; rename or remove it"
    assert f"{CHECKS}/test_scale.py: {what}" in found
    assert f"{CHECKS}s: {what}" in found
    assert f"{HIDDEN}: is missing; write it" in found
    assert not [text for text in found if "pycache" in text or "DS_Store" in text]


def test_an_accepted_variant_that_cannot_be_read_is_found(warmup):
    """It stops nothing else."""
    path = warmup.root / "solutions/warmup/accepted/empty.py"
    path.write_text("", encoding="utf-8")

    (found,) = findings(audited(warmup), warmup.root)
    assert found.startswith("solutions/warmup/accepted/empty.py: empty.py: the file is empty")


def test_variants_in_a_framework_that_is_not_installed_are_skipped_aloud(warmup, monkeypatch):
    """They are no finding: the audit says how many there are."""
    path = warmup.root / "solutions/warmup/accepted/of_jax.py"
    path.write_text("# framework: jax\nimport jax\ndef scale(x, a):\n    return x * a\n", "utf-8")
    monkeypatch.setattr(trials, "is_installed", lambda framework: framework != "jax")

    whole = audited(warmup)

    assert whole.findings == []
    assert whole.rows() == [("warmup", 1, 3, 3, 3, 0)]
    assert whole.payload()["skipped"] == {"jax": 1}


def test_what_cannot_be_audited_is_an_error(warmup):
    """A check without points, or a mistake that is no edit, stops the audit with its place."""
    broken = edited(warmup, HIDDEN, "@points(1)\n", "")

    with pytest.raises(AuthoringError, match="test_input_unchanged has no points") as caught:
        audited(broken)
    assert (caught.value.path, caught.value.line) == (warmup.root / HIDDEN, 4)


CHECK = '''\
from grader.checks import assert_close, assert_dtype_kept, points


@points({points})
def {name}(student, reference, draw):
    """Right.

    zh: 正确。
    """
    x = draw.normal(3, 5)
    found, want = student.scale(x, 2.5), reference.scale(x, 2.5)
    {line}
'''


def checked(course, line):
    """Return *course* with nothing but *line* in both its checks."""
    for name, points, path in (("test_values", 3, PUBLIC), ("test_again", 1, HIDDEN)):
        text = CHECK.format(name=name, points=points, line=line)
        if "dtype_kept(" not in line:
            text = text.replace("assert_dtype_kept, ", "")
        (course.root / path).write_text(text, encoding="utf-8")
    return course


def unnoticed(report, root):
    """Return what corrupted answers every check passes."""
    start = f"{PUBLIC}: every check of scale passes an answer that "
    found = [text for text in findings(report, root) if "passes an answer" in text]
    return {text.removeprefix(start).removesuffix("; write one that fails") for text in found}


@pytest.mark.parametrize(
    ("line", "ways"),
    [
        ("assert_close(found, want)", set()),
        (
            "assert_close(found.reshape(-1), want.reshape(-1))",
            {"has an axis too many", "has its entries in a row"},
        ),
        (
            "assert_close(found, want, scale=1e9)",
            {"is in half precision", "is off by a thousandth"},
        ),
        (
            "assert_close(found, want); assert_dtype_kept(found, 'float64')",
            {"is in double precision"},
        ),
        ("assert_close(found, want)  # and not assert_dtype_kept, which is not called", set()),
    ],
)
def test_a_corrupted_answer_that_no_check_notices_is_found(warmup, line, ways):
    """Shape, values, and, where a check asserts it, the dtype for inputs of every dtype."""
    course = checked(warmup, line)

    assert unnoticed(audited(course), course.root) == ways


def harmless(course, *ways, reason="The statement allows it."):
    """List *ways* of corrupting an answer as right."""
    entries = [f'[[harmless]]\njunk = "{way}"\nreason = "{reason}"\n' for way in ways]
    (course.root / CHECKS / "equivalents.toml").write_text("\n".join(entries), encoding="utf-8")


def test_a_corrupted_answer_may_be_listed_as_right(warmup):
    """With a reason; an entry that a check contradicts is found."""
    course = checked(warmup, "assert_close(found, want, scale=1e9)")
    harmless(course, "is in half precision", "is off by a thousandth", "has zeros for values")
    whole = audited(course)

    assert unnoticed(whole, course.root) == set()
    assert whole.audits[0].harmless == {
        "is in half precision": "The statement allows it.",
        "is off by a thousandth": "The statement allows it.",
    }
    what = "scale: a check notices an answer that has zeros for values; remove the entry"
    assert f"{CHECKS}/equivalents.toml:9: {what}" in findings(whole, course.root)


@pytest.mark.parametrize(
    ("listed", "line", "found"),
    [
        (
            {"ways": ["is wrong"]},
            2,
            "'is wrong' is not a corruption; write one of: has",
        ),
        ({"ways": ["is in half precision"], "reason": " "}, 1, "needs a reason"),
    ],
)
def test_a_broken_list_of_harmless_answers_is_an_error(warmup, listed, line, found):
    """With the place and what to do."""
    harmless(warmup, *listed.pop("ways"), **listed)

    with pytest.raises(AuthoringError, match=found) as caught:
        audited(warmup)
    assert caught.value.path == warmup.root / CHECKS / "equivalents.toml"
    assert caught.value.line in (1, line)


def test_a_whole_audit_may_look_for_mutants(warmup, monkeypatch):
    """Their findings join those of the audit, and go with --fresh or without."""
    asked = []

    def mutate(exercises, progress, processes, level, fresh):
        asked.append(([one.label for one in exercises], fresh))
        return [Mutation("warmup", "scale", mutants=2, killed=1)], [Finding("A mutant.")]

    monkeypatch.setattr(module, "mutate", mutate)
    without = audited(warmup)
    whole = audited(warmup, mutants=True, fresh=True)

    assert (without.mutations, without.findings) == ([], [])
    assert asked == [(["warmup/scale"], True)]
    assert whole.mutation_rows() == [("scale", 2, 1, 0, 0)]
    assert whole.findings == [Finding("A mutant.")]
    assert whole.payload()["mutations"] == [
        {"exercise": "scale", "mutants": 2, "killed": 1, "equivalent": 0, "survivors": 0}
    ]


def test_one_exercise_can_be_audited(warmup):
    """Faults of the others are not its own."""
    new_exercise(warmup, "warmup", "shift")
    course = Course.load(warmup.root)
    sync(course, write=True)
    one, both = audited(course, "warmup/scale"), audited(course, "warmup/shift", "warmup/scale")

    assert [audit.label for audit in one.audits] == ["warmup/scale"]
    assert not [text for text in findings(one, course.root) if "shift" in text]
    assert [audit.label for audit in both.audits] == ["warmup/scale", "warmup/shift"]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("warmap", "There is no assignment warmap; choose from warmup."),
        ("warmup/scales", "There is no exercise scales in warmup; choose from scale."),
    ],
)
def test_a_name_that_names_nothing_is_wrong_usage(warmup, name, what):
    """The message says which names there are."""
    with pytest.raises(UsageError, match=what):
        audited(warmup, name)


def test_findings_are_sorted_by_file_and_line(warmup):
    """As an author goes through them."""
    course = edited(warmup, MISTAKES, 'with = "x * abs(factor)"', 'with = "factor * x"')
    course = edited(course, "assignments/course.toml", "points = 4", "points = 5")
    (course.root / CHECKS / "a.txt").touch()
    found = [(str(finding.path), finding.line or 0) for finding in audited(course).findings]

    assert len(found) > 3
    assert found == sorted(found)


def test_a_check_of_side_effects_that_fails_for_values_is_found(warmup):
    """Its sentence would be untrue beside code that obeys it."""
    course = edited(warmup, HIDDEN, '@says("unchanged")\n', "")
    found = findings(audited(course), course.root)

    what = "test_input_unchanged would fail for wrong values, too, whatever its sentence says; "
    assert f'{HIDDEN}:4: {what}put @says("unchanged") above it' in found
