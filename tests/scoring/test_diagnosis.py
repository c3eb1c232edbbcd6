from __future__ import annotations

import dataclasses
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from grader import language
from grader.checks.check_context import CheckContext
from grader.checks.draws import Draw
from grader.errors import AuthoringError, Raised
from grader.exercise import Mistake, Text
from grader.outcome import Outcome
from grader.sandbox.proxy import Record
from grader.sandbox.reference import ReplayChannel, load_reference_text
from grader.scoring.diagnosis import Diagnosis, Suspect, _in_question
from grader.scoring.ended_check import EndedCheck
from grader.scoring.explanation import ComparedCall, explanation
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks
from grader.scoring.verdict import Verdict

from .conftest import DOUBLE, DOUBLE_HIDDEN, REFERENCE, submission

PAIR = REFERENCE.replace("return 2 * x", 'return 2 * x, {"sum": x.sum(), "name": "pair"}')
PAIR_CHECK = DOUBLE.replace(
    "    assert_close(student.double(x), reference.double(x))",
    "    assert student.double(x)[1] == reference.double(x)[1]",
)

SIGNS = '''\
import numpy as np
from grader.checks import assert_close, points


@points(1)
def test_signs(student, reference):
    """Whatever the sign, entries are doubled.

    zh: 无论正负，元素都加倍。
    """
    for x in (np.arange(-6.0, 0), np.zeros(3) - 1, np.arange(1.0, 7)):
        assert_close(student.double(x), reference.double(x))
'''


def mistake(exercise, name, replace, replacement, hint="", topic=""):
    """Return a known mistake whose hint is its name, if it has no other."""
    hints = Text(f"Is it {hint or name}?", f"是{hint or name}吗？")
    return Mistake(exercise, name, replace, replacement, ("test_values",), hints, topic)


def framework_of(text):
    """Return the framework in which *text* is written."""
    return "torch" if "import torch" in text else "numpy"


def suspect(known, right=REFERENCE, opened=None):
    """Return what *known* would answer in the place of the text *right*."""

    def made():
        if opened is not None:
            opened.append(known.name)
        edited = right.replace(known.replace, known.replacement)
        return load_reference_text(edited, Path("mistakes.toml"), framework_of(right)).as_given()

    return Suspect(known.exercise, known.hint, made, known.topic)


MISTAKES = (
    mistake("double", "triple", "return 2 * x", "return 3 * x"),
    mistake("double", "copy", "return 2 * x", "return x"),
    mistake("double", "first", "return 2 * x", "return 2 * x[:1]"),
    mistake("double", "empty", "return 2 * x", "return x * float('nan')"),
    mistake("double", "raises", "return 2 * x", "raise KeyError('x')"),
    mistake("shrink", "adds", "values *= factor", "values += factor"),
    mistake("shrink", "default", "values *= factor", "values *= 0.5"),
)


@pytest.fixture
def steps(mini, zygote):
    """Return a function that grades a text and returns the hints of each check."""

    def steps(text, mistakes=MISTAKES, right=REFERENCE, **files):
        made = mini(seconds=1.0, **files)

        reference = load_reference_text(right, Path("reference.py"), framework_of(right))
        suspects = [suspect(known, right) for known in mistakes]
        diagnosis = Diagnosis(suspects, reference.as_given(), reference)
        job = Job("ada", submission(text))
        with collected_checks(made.plan, reference) as runner:
            result = runner.grade(job, zygote, explain=diagnosis.hints)
        return {check.name: check.hints for check in result.checks if check.hints}

    return steps


@pytest.fixture
def hints(steps):
    """Return a function that returns the last hint of each check: a mistake's, if there is one."""
    return lambda *text, **more: {name: told[-1] for name, told in steps(*text, **more).items()}


@pytest.fixture
def relations(steps):
    """Return a function that returns the first hint of each check: a relation, if there is one."""
    return lambda *text, **more: {name: told[0] for name, told in steps(*text, **more).items()}


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("return 3 * x", "triple"),
        ("return x + x + x", "triple"),
        ("return (3 * x).tolist()", "triple"),
        ("return np.multiply(x, 3).astype('f4')", "triple"),
        ("return x.copy()", "copy"),
        ("return (x + x)[0:1]", "first"),
        ("return np.full(x.shape, np.nan)", "empty"),
    ],
)
def test_a_submission_that_answers_like_a_mistake_gets_its_hint(hints, body, name):
    """However it is written, and in hidden checks too."""
    text = REFERENCE.replace("return 2 * x", body)

    assert hints(text) == {"test_values": f"Is it {name}?", "test_large": f"Is it {name}?"}


@pytest.mark.parametrize(
    "body",
    [
        "return 2 * x",
        "return x * x + x",
        "return None",
        "raise KeyError('x')",
        "return np.random.random(x.shape)",
        "return str(x)",
        "pass",
    ],
)
def test_what_cannot_be_explained_gets_no_hint(hints, body):
    """A right answer, an unknown mistake, and one that does not answer at all."""
    assert hints(REFERENCE.replace("return 2 * x", body)) == {}


def test_an_empty_result_is_no_evidence_of_a_mistake(hints):
    """An array without entries has nothing but its shape in common with a mistake's."""
    none = mistake("double", "none", "return 2 * x", "return 2 * x[:0]")

    assert hints(REFERENCE.replace("return 2 * x", "return x[len(x):]"), (none,)) == {}


def test_mistakes_that_cannot_be_told_apart_give_no_hint(hints):
    """Two hints for the same outputs are one too many; the same hint twice is one."""
    triple = MISTAKES[0]
    other = mistake("double", "thrice", "return 2 * x", "return x * 3", topic="factor")
    same = mistake("double", "again", "return 2 * x", "return x * 3", hint="triple")
    text = REFERENCE.replace("return 2 * x", "return 3 * x")

    assert "Is it" not in "".join(hints(text, (triple, other)).values())
    assert "Several" not in "".join(hints(text, (triple, other)).values())
    assert hints(text, (triple, same))["test_values"] == "Is it triple?"


def test_mistakes_that_cannot_be_told_apart_tell_what_they_share(hints):
    """Their topic, if they have the same one."""
    twins = [
        mistake("double", name, "return 2 * x", "return 3 * x", topic="factor") for name in "ab"
    ]
    text = REFERENCE.replace("return 2 * x", "return 3 * x")

    assert hints(text, twins)["test_values"] == (
        "Several known mistakes give exactly these results. "
        "All of them concern a factor that is wrong, missing or superfluous."
    )


def test_hints_are_steps_from_what_to_how(steps):
    """What is wrong, where, and the question that leads on; of hidden inputs nothing is said."""
    wrong = "return 2 * x - 4 * x * (x > 0)"
    known = mistake("double", "sign", "return 2 * x", wrong)
    text = REFERENCE.replace("return 2 * x", wrong)
    files = {"double": SIGNS, "double_hidden": SIGNS.replace("signs", "secret")}
    told = steps(text, (known,), **files)

    assert told["test_signs"] == (
        "In the calls that go wrong: Every value is −1 times the expected value.",
        "Of the 3 calls in this check, 2 gave the right result; call 3 did not. "
        "Only in the wrong calls: argument 1 contains no negative values.",
        "Is it sign?",
    )
    assert told["test_secret"] == (
        "In the calls that go wrong: Every value is −1 times the expected value.",
        "Some calls in this check gave the right result, others did not.",
        "Is it sign?",
    )


ONE_SIZE = SIGNS.replace(
    "(np.arange(-6.0, 0), np.zeros(3) - 1, np.arange(1.0, 7))",
    "(np.arange(2.0, 5), np.arange(3.0))",
)


@pytest.mark.parametrize(
    "body",
    [
        "return len(x) * x",
        "return 3 * x if len(x) % 2 else x",
        "return 3 * x if x.max() < 5 else x",
    ],
)
def test_a_coincidence_is_no_mistake(hints, body):
    """What agrees with a mistake on the inputs of the checks must also agree on others."""
    text = REFERENCE.replace("return 2 * x", body)

    assert "Is it" not in "".join(hints(text, double=ONE_SIZE).values())


FEW_AXES = DOUBLE.replace(
    "    x = draw.normal(3, 4)\n",
    "    student.double(draw.normal(3, 4))\n    x = draw.normal(1)[0]\n",
)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("rows, columns = x.shape\n    return x + x", True),
        ("return x + x if x.ndim else x[0]", False),
    ],
)
def test_that_both_raise_is_no_mistake(hints, body, told):
    """It must raise for the same numbers of axes."""
    known = mistake("double", "matrix", "return 2 * x", "n, d = x.shape\n    return 2 * x")
    text = REFERENCE.replace("return 2 * x", body)

    assert ("Is it matrix?" in hints(text, (known,), double=FEW_AXES).values()) is told


def test_some_changes_in_place_are_told_as_such():
    """They are no returned results."""
    x = np.arange(1.0, 7)
    after = ((0, x + 1), (1, 3 * x))
    record = Record("call", "f", ([x, x],), None, after, None, (), {})
    right = {"value": None, "after": [[0, x + 1], [1, 2 * x]]}

    assert explanation([ComparedCall(record, right, False)]) == (
        "For those in-place changes to the arguments that are wrong: "
        "Every value is 2 times the expected value."
    )


def test_a_mistake_shows_on_inputs_of_two_sizes():
    """Where nothing else can be asked, as in a kit, one size is not enough to name a mistake."""
    reference = load_reference_text(REFERENCE, Path("reference.py"), "numpy")
    diagnosis = Diagnosis([suspect(MISTAKES[0])], reference.as_given(), reference)

    def named(*lengths):
        trace = []
        for length in lengths:
            x = np.arange(1.0, length)
            trace.append(Record("call", "double", (x,), 3 * x, (), None, (), {}))
        check = SimpleNamespace(exercise="double", name="test", hidden=False)
        ended = EndedCheck(check, Verdict(Outcome.FAILED), trace)
        return "Is it triple?" in diagnosis.hints([ended])["test"]

    assert named(5, 7) and not named(6) and not named(8, 8)


@pytest.mark.parametrize("foreign", [True, False])
def test_what_another_framework_refuses_is_no_evidence(foreign):
    """Of sizes that no check asks for: there, only values tell. In the reference's own, it is."""
    reference = load_reference_text(REFERENCE, Path("reference.py"), "numpy")
    diagnosis = Diagnosis([suspect(MISTAKES[0])], reference.as_given(), reference)

    def record(x):
        error = Raised("double raised ValueError") if len(x) > 5 else None
        return Record("call", "double", (x,), None if error else 3 * x, (), error, (), {})

    check = SimpleNamespace(exercise="double", name="test", hidden=False)
    calls = [record(np.arange(1.0, length)) for length in (5, 6)]
    ended = EndedCheck(check, Verdict(Outcome.FAILED), calls)
    other = SimpleNamespace(
        in_another_framework=foreign,
        checks=lambda _number: [ended],
        ask=lambda asked: [record(call["args"][0]) for call in asked],
    )

    assert ("Is it triple?" in diagnosis.hints([ended], other)["test"]) is foreign


def test_right_outputs_are_no_mistake(hints):
    """A check may fail on what a mistake and the reference do alike; then no hint is right."""
    fails = DOUBLE.replace("draw.normal(3, 4)", "draw.uniform(1, 2, 3)").replace(
        "    assert_close(student.double(x), reference.double(x))",
        "    assert student.double(x) is None",
    )
    size = (mistake("double", "size", "return 2 * x", "return 2 * abs(x)"),)

    assert hints(REFERENCE, size, double=fails) == {}


def test_changes_in_place_and_keywords_are_compared(hints):
    """What a function does to its arguments is part of its answer."""
    adds = REFERENCE.replace("values *= factor", "values[...] = factor + values")
    ignores = REFERENCE.replace("values *= factor", "values /= 2")
    right = REFERENCE.replace("values *= factor", "np.multiply(values, factor, out=values)")

    assert hints(adds) == {"test_in_place": "Is it adds?"}
    assert hints(ignores) == {"test_in_place": "Is it default?"}
    assert hints(right) == {}


def test_a_hint_comes_in_the_language_of_the_run(hints):
    """English or Chinese."""
    language.use("zh")

    assert hints(REFERENCE.replace("return 2 * x", "return 3 * x"))["test_values"] == "是triple吗？"


def test_tuples_and_mappings_are_compared_item_by_item(hints):
    """Also text in them."""
    wrong = (mistake("double", "name", '"name": "pair"', '"name": "twin"'),)
    known, unknown = PAIR.replace('"pair"', '"twin"'), PAIR.replace('"pair"', '"team"')

    assert hints(known, wrong, PAIR, double=PAIR_CHECK)["test_values"] == "Is it name?"
    assert hints(unknown, wrong, PAIR, double=PAIR_CHECK) == {}


def test_a_mistake_is_opened_and_asked_once_for_a_class(mini, zygote):
    """The second learner with the same wrong answer costs no further call of a mistake."""
    made = mini()
    opened = []

    def does_not_run():
        raise AuthoringError("does not run")

    suspects = [suspect(known, opened=opened) for known in MISTAKES]
    suspects.append(Suspect("double", Text("", ""), does_not_run))
    diagnosis = Diagnosis(suspects, made.reference.as_given(), made.reference)
    wrong = Job("ada", submission(REFERENCE.replace("2 * x", "3 * x")))
    with collected_checks(made.plan, made.reference) as runner:
        answers = []
        for _ in range(3):
            runner.grade(wrong, zygote, explain=diagnosis.hints)
            channels = [channel for channel in diagnosis._channels.values() if channel is not None]
            answers.append([len(channel.answers) for channel in channels])

    assert sorted(opened) == sorted(m.name for m in MISTAKES if m.exercise == "double")
    assert answers[0] == answers[1] == answers[2]


TWO = REFERENCE.replace("return 2 * x", "return 2 * x, x[..., ::-1] + 1")
TWO_CHECK = DOUBLE.replace(
    "    assert_close(student.double(x), reference.double(x))",
    "    for ours, theirs in zip(student.double(x), reference.double(x), strict=True):\n"
    "        assert_close(ours, theirs)",
)


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("return 4 * x", "Every value is 2 times the expected value."),
        ("return -2 * x", "Every value is −1 times the expected value."),
        ("return (2 * x).tolist()[::-1] if x.ndim > 1 else 2 * x", "in reverse order along axis 0"),
        ("return (2 * x).T", "The result is transposed; otherwise it is right."),
        ("return 2 * x.sum()", "The result is the sum of all expected values."),
        ("return np.full(x.shape, np.inf)", "Every value is NaN or infinite."),
    ],
)
def test_an_unknown_mistake_is_told_by_its_relation(relations, body, hint):
    """What all wrong results of a check have in common, if it is nothing that the course knows."""
    assert hint in relations(REFERENCE.replace("return 2 * x", body), ())["test_values"]


def test_hidden_checks_tell_a_relation_too(relations):
    """It holds no value; and it is told in the language of the run."""
    hidden = DOUBLE_HIDDEN.replace("draw.uniform(701, 702, 3)", "draw.uniform(-9, 9, 9)")
    shifted = REFERENCE.replace("return 2 * x", "return 2 * x + 3")
    language.use("zh")

    assert relations(shifted, (), double_hidden=hidden) == dict.fromkeys(
        ("test_values", "test_large"), "所有值与正确值都相差同一个数。"
    )


def test_a_relation_is_said_of_what_it_is_about(relations):
    """One of several results, a result in another one's place, or a change in place."""
    second = TWO.replace("[..., ::-1] + 1", "[..., ::-1] - 1")
    swapped = TWO.replace("return 2 * x, x[..., ::-1] + 1", "return x[..., ::-1] + 1, 2 * x")
    both = TWO.replace("return 2 * x, x[..., ::-1] + 1", "return -2 * x, -x[..., ::-1] - 1")
    one = TWO.replace("return 2 * x, x[..., ::-1] + 1", "return x * x + x, x[..., ::-1]")
    step = REFERENCE.replace("values *= factor", "values *= 2 - factor")
    files = {"right": TWO, "double": TWO_CHECK}

    for text in (second, one):
        assert relations(text, (), **files)["test_values"] == (
            "Returned result 2: All values differ from the expected values by the same amount."
        )
    assert relations(swapped, (), **files)["test_values"] == (
        "Returned result 1 is what result 2 should be."
    )
    assert (
        relations(both, (), **files)["test_values"] == "Every value is −1 times the expected value."
    )
    assert relations(step, ()) == {
        "test_in_place": "For the in-place changes to the arguments: "
        "Every value is −1 times the expected value."
    }


def test_chance_is_no_relation(hints):
    """Where the reference itself answers by chance, nothing is compared with it."""
    check = DOUBLE.replace("assert_close(student.double(x), reference.double(x))", "assert False")
    check = check.replace("x = draw.normal(3, 4)", "x = draw.normal(3, 4); student.double(x)")
    chance = REFERENCE.replace("return 2 * x", "return x * (np.random.random(x.shape) < 0.5)")

    assert hints(REFERENCE, (), right=chance, double=check) == {}


def test_a_channel_that_cannot_tell_is_no_evidence(mini, zygote):
    """Neither for a mistake nor against it; a recording answers only what was recorded."""
    made = mini()
    nothing = ReplayChannel({}, "numpy")
    suspects = [Suspect("double", Text("Is it?", "是吗？"), lambda: nothing)]
    diagnosis = Diagnosis(suspects, nothing, nothing)
    job = Job("ada", submission(REFERENCE.replace("2 * x", "3 * x")))
    with collected_checks(made.plan, made.reference) as runner:
        result = runner.grade(job, zygote, explain=diagnosis.hints)

    assert {check.hints for check in result.checks} == {()}


NOISE = REFERENCE.replace("(np.random.random(n) < p).astype(float)", "np.random.random(n) + p")
NOISE_CHECK = """\
from grader.checks import points


@points(1)
def test_noise(student):
    \"\"\"There is noise.

    zh: 有噪声。
    \"\"\"
    drawn = [student.noise(6, p) for p in (3.0, 4.0)]
    assert all((values > p).all() for values, p in zip(drawn, (3.0, 4.0)))
"""


def test_a_mistake_is_known_where_chance_plays_a_part(hints):
    """Who makes it draws the same numbers; right draws, or others, are not taken for it."""
    known = (
        mistake("noise", "less", "np.random.random(n) + p", "p - np.random.random(n)"),
        mistake("noise", "lost", "np.random.random(n) + p", "np.random.random(n)"),
    )
    files = {"right": NOISE, "noise": NOISE_CHECK}
    less = NOISE.replace("np.random.random(n) + p", "np.add(p, -np.random.random(n))")
    other = NOISE.replace("np.random.random(n) + p", "-np.random.normal(size=n)")

    assert hints(less, known, **files) == {"test_noise": "Is it less?"}
    assert hints(other, known, **files) == {}


@pytest.mark.parametrize(
    "drawn",
    [
        "np.random.random(n)",
        "np.random.default_rng().random(n)",
        "rng.random(n)",
        "np.array([random.random() for _ in range(n)])",
    ],
)
def test_a_mistake_is_known_whatever_random_numbers_are_drawn_from(hints, drawn):
    """It is written in PyTorch; other generators give its numbers, too."""
    in_torch = NOISE.replace("import numpy as np", "import torch")
    in_torch = in_torch.replace("np.random.random(n)", "torch.rand(n)")
    known = (
        mistake("noise", "less", "torch.rand(n) + p", "p - torch.rand(n)"),
        mistake("noise", "lost", "torch.rand(n) + p", "torch.rand(n)"),
    )
    files = {"right": in_torch, "noise": NOISE_CHECK}
    head = "import random\nimport numpy as np\nrng = np.random.default_rng()\n"
    less, other = (
        head + NOISE.replace("np.random.random(n) + p", f"{wrong} - {drawn}")
        for wrong in ("p", "1")
    )

    assert hints(less, known, **files) == {"test_noise": "Is it less?"}
    assert hints(other, known, **files) == {}


def test_random_numbers_that_may_differ_are_not_in_question():
    """As those that a block begins with: a check says itself which result is wrong."""
    begun, given, right = np.arange(3.0), np.array([0.0, 2.0]), np.array([-1.0, 2.0])
    drawn = Record("parameters", "Net", (), [begun], rest={"id": 0})
    called = Record("call_held", "Net", (right,), given, rest={"id": 0, "method": ""})
    context = CheckContext(Draw(1), compared=(given, right))
    ended = EndedCheck(None, Verdict(Outcome.FAILED), [drawn, called], context)
    pairs = [ComparedCall(one, {"value": None, "after": []}, True) for one in (drawn, called)]

    assert _in_question(ended, pairs) == pairs[1:]
    assert _in_question(dataclasses.replace(ended, context=None), pairs) == pairs
    certain = [dataclasses.replace(pair, chance=False) for pair in pairs]
    assert _in_question(ended, certain) == certain


def test_a_relation_is_told_where_the_same_numbers_are_drawn(hints):
    """As of a function in which there is no chance."""
    files = {"right": NOISE, "noise": NOISE_CHECK}
    minus = NOISE.replace("np.random.random(n) + p", "-(np.random.random(n) + p)")

    assert hints(minus, (), **files) == {
        "test_noise": "Every value is −1 times the expected value."
    }


def test_what_all_checks_show_is_told_of_each(relations):
    """One check alone may have too few values."""
    few = DOUBLE.replace("draw.normal(3, 4)", "draw.normal(2)")
    many = DOUBLE_HIDDEN.replace("draw.uniform(701, 702, 3)", "draw.normal(5)")
    text = REFERENCE.replace("return 2 * x", "return 6 * x")
    told = relations(text, (), double=few, double_hidden=many)

    assert told["test_values"] == "Every value is 3 times the expected value."


def test_a_size_that_explains_one_check_only_is_not_told(relations):
    """Three rows and three times too large may be a coincidence; with five rows it shows."""
    other = DOUBLE_HIDDEN.replace("draw.uniform(701, 702, 3)", "draw.normal(5, 7)")
    text = REFERENCE.replace("return 2 * x", "return 6 * x")
    rows = REFERENCE.replace("return 2 * x", "return 2 * x * len(x)")

    assert set(relations(text, (), double_hidden=other).values()) == {
        "Every value is 3 times the expected value."
    }
    assert set(relations(rows, (), double_hidden=other).values()) == {
        "Every value is n times the expected value, where n is the size of argument 1 along axis 0."
    }


def test_a_result_has_the_seed_of_its_check(mini, zygote):
    """So that it can be run again; a blocked check has one, too."""
    made = mini()
    job = Job("ada", submission(REFERENCE.replace("2 * x", "3 * x")))
    with collected_checks(made.plan, made.reference) as runner:
        seeds = [runner.seed_of(check) for check in runner.checks]
        results = runner.grade(job, zygote).checks

    assert [check.seed for check in results] == seeds
    assert len(set(seeds)) == len(seeds)


def test_hints_are_found_once_for_all_who_gave_the_same_answers(mini, zygote):
    """The second learner with a mistake costs no second search, the next with another one does."""
    made, opened = mini(seconds=1.0), []
    reference = load_reference_text(REFERENCE, Path("reference.py"), "numpy")
    asked = Counted(reference.as_given())
    diagnosis = Diagnosis([suspect(known) for known in MISTAKES], asked, reference)

    def grade(runner, body):
        text = REFERENCE.replace("return 2 * x", body)
        result = runner.grade(Job("ada", submission(text)), zygote, explain=diagnosis.hints)
        opened.append(asked.requests)
        return {check.name: check.hints for check in result.checks if check.hints}

    bodies = ("return 3 * x", "return x + x + x", "return x.copy()")
    with collected_checks(made.plan, reference) as runner:
        first, second, other = (grade(runner, body) for body in bodies)

    assert first == second != other
    # The second is asked about other inputs only.
    assert opened[1] - opened[0] < opened[0]
    assert opened[1] - opened[0] < opened[2] - opened[1]


class Counted:
    """A channel that counts what it is asked."""

    def __init__(self, channel):
        self.framework = channel.framework
        self.requests = 0
        self._channel = channel

    def request(self, op, payload):
        """Return the channel's answer."""
        self.requests += 1
        return self._channel.request(op, payload)
