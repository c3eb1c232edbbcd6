from __future__ import annotations

from pathlib import Path

import pytest

from grader import language
from grader.errors import AuthoringError
from grader.exercise import Mistake, Text
from grader.scoring.diagnosis import Diagnosis
from grader.scoring.session import Job, run_session
from grader.submission.reference import load_reference_text

from .conftest import DOUBLE, REFERENCE, submission

PAIR = REFERENCE.replace("return 2 * x", 'return 2 * x, {"sum": x.sum(), "name": "pair"}')
PAIR_CHECK = DOUBLE.replace(
    "    assert_close(student.double(x), reference.double(x))",
    "    assert student.double(x)[1] == reference.double(x)[1]",
)


def mistake(exercise, name, replace, replacement, hint=""):
    """Return a known mistake whose hint is its name, if it has no other."""
    hints = Text(f"Is it {hint or name}?", f"是{hint or name}吗？")
    return Mistake(exercise, name, replace, replacement, ("test_values",), hints)


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
def hints(mini, zygote):
    """Return a function that grades a text and returns the hint of each check."""

    def hints(text, mistakes=MISTAKES, right=REFERENCE, **files):
        made = mini(seconds=1.0, **files)

        def opened(known):
            edited = right.replace(known.replace, known.replacement)
            return load_reference_text(edited, Path("mistakes.toml"), "numpy")

        reference = load_reference_text(right, Path("reference.py"), "numpy")
        diagnosis = Diagnosis(mistakes, reference, opened)
        job = Job("ada", submission(text))
        result = run_session(
            made.plan, reference, lambda bench: bench.grade(job, zygote, diagnosis.hints)
        )
        return {check.name: check.hint for check in result.checks if check.hint}

    return hints


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
        "return 4 * x",
        "return None",
        "raise KeyError('x')",
        "return 3.1 * x",
        "pass",
    ],
)
def test_others_get_no_hint(hints, body):
    """A right answer, an unknown mistake, and one that does not answer at all."""
    assert hints(REFERENCE.replace("return 2 * x", body)) == {}


def test_mistakes_that_cannot_be_told_apart_give_no_hint(hints):
    """Two hints for the same outputs are one too many; the same hint twice is one."""
    triple = MISTAKES[0]
    other = mistake("double", "thrice", "return 2 * x", "return x * 3")
    same = mistake("double", "again", "return 2 * x", "return x * 3", hint="triple")
    text = REFERENCE.replace("return 2 * x", "return 3 * x")

    assert hints(text, (triple, other)) == {}
    assert hints(text, (triple, same))["test_values"] == "Is it triple?"


def test_right_outputs_are_no_mistake(hints):
    """A check may fail on what a mistake and the reference do alike; then no hint is right."""
    fails = DOUBLE.replace("draw.normal(3, 4)", "draw.uniform(1, 2, 3)").replace(
        "    assert_close(student.double(x), reference.double(x))",
        "    assert student.double(x) is None",
    )
    size = (mistake("double", "size", "return 2 * x", "return 2 * abs(x)"),)

    assert hints(REFERENCE, size, test_double=fails) == {}


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

    assert hints(known, wrong, PAIR, test_double=PAIR_CHECK)["test_values"] == "Is it name?"
    assert hints(unknown, wrong, PAIR, test_double=PAIR_CHECK) == {}


def test_a_mistake_is_opened_and_asked_once_for_a_class(mini, zygote):
    """The second learner with the same wrong answer costs no further call of a mistake."""
    made = mini()
    opened = []

    def open_mistake(known):
        opened.append(known.name)
        if known.name == "raises":
            raise AuthoringError("does not run")
        edited = REFERENCE.replace(known.replace, known.replacement)
        return load_reference_text(edited, Path("mistakes.toml"), "numpy")

    diagnosis = Diagnosis(MISTAKES, made.reference, open_mistake)
    wrong = Job("ada", submission(REFERENCE.replace("2 * x", "3 * x")))
    run_session(
        made.plan,
        made.reference,
        lambda bench: [bench.grade(wrong, zygote, diagnosis.hints) for _ in range(3)],
    )

    assert sorted(opened) == sorted(m.name for m in MISTAKES if m.exercise == "double")
    channels = [channel for channel in diagnosis._channels.values() if channel]
    assert {len(channel.answers) for channel in channels} <= {1, 2}
