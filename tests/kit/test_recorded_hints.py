from __future__ import annotations

import numpy as np
import pytest

from grader.course.catalogue import Course
from grader.exercise import Submission
from grader.grading.setup import mistake_for, plan_for, reference_for
from grader.kit.hint_recording import record_hints
from grader.kit.recorded_hints import (
    Hints,
    RecordedHints,
    RecordedMistake,
    read_hints,
    write_hints,
)
from grader.scoring.plan import Job
from grader.scoring.session import collected_checks

CHECKS = "autograder_tests/basics"
DOUBLE = '''\
from grader.checks import points


@points(1)
def test_values(student, draw):
    """Entries are doubled, and there is noise between 0 and 1.

    zh: 元素加倍，并加上0到1之间的噪声。
    """
    for _ in range(2):
        x = draw.normal(3, 300)
        noise = student.double(x) - 2 * x
        assert (noise >= 0).all() and (noise < 1).all()
'''
HALF = '''\
from grader.checks import points


@points(1)
def test_values(student, draw):
    """Entries are halved.

    zh: 元素减半。
    """
    half = student.Half()
    for x in draw.normal(3, 4):
        assert (abs(half(x) - x / 2) < 1e-6).all()
'''


@pytest.fixture
def noisy(root):
    """The miniature course, with an exercise in which numbers are drawn and one with objects."""
    source = root / "solutions/basics/basics.py"
    text = source.read_text(encoding="utf-8")
    text = text.replace("import math", "import numpy as np\nimport torch")
    text = text.replace("y = factor * x", "y = factor * x + torch.rand_like(x)")
    source.write_text(text, encoding="utf-8")
    (root / f"{CHECKS}/double/test_public.py").write_text(DOUBLE, encoding="utf-8")
    (root / f"{CHECKS}/Half/test_public.py").write_text(HALF, encoding="utf-8")
    return Course.load(root)


@pytest.fixture
def recorded(noisy, tmp_path):
    """What a kit of the course knows of its mistakes, written and read again."""
    (assignment,) = noisy.assignments
    plan = plan_for(noisy, assignment, public_only=True)
    reference = reference_for(noisy, assignment)
    with collected_checks(plan, reference) as runner:
        hints = record_hints(noisy, assignment, runner, reference, ["torch"])
    for name, known in hints.items():
        write_hints(known, tmp_path / name)
    return tmp_path


def test_mistakes_are_known_at_the_desk_where_chance_plays_a_part(noisy, recorded):
    """From what they answer to a whole check; objects are told apart in the same way."""
    (assignment,) = noisy.assignments
    plan = plan_for(noisy, assignment, public_only=True)
    reference = reference_for(noisy, assignment)
    diagnosis = RecordedHints(recorded, "torch")
    told = []

    def as_there(ended, other):
        return diagnosis.hints(ended)

    with collected_checks(plan, reference) as runner:
        for mistake in noisy.mistakes(assignment):
            student = mistake_for(noisy, assignment, mistake).as_student("torch")
            job = Job("", Submission("", (), "torch", ""), frozenset([mistake.exercise]))
            told += [check.hints[-1] for check in runner.run(job, student, explain=as_there)]

    assert told == ["How many times?", "What is returned?"]
    assert all(read_hints(recorded / name).chance for name in ("double", "Half"))


def test_only_some_of_many_drawn_numbers_are_kept(recorded):
    """A kit stays small: right answers are whole, a mistake's only tell it from others."""
    known = read_hints(recorded / "double")
    mistaken, *_others = known.mistakes[0].answers.values()
    sizes = {answer["value"][0][0].size for answer in known.right.values() if _is_array(answer)}

    assert mistaken["value"][0][0]["shape"] == [3, 300]
    assert mistaken["value"][0][0]["entries"].size == 200
    assert 900 in sizes


def test_answers_with_many_tuples_as_keys_are_read_again(tmp_path):
    """Counts of pairs of words, by every mistake for every call, are more than one answer's."""
    counts = {(f"word {n}", "end"): 1 for n in range(600)}
    answer = {"value": counts, "after": []}
    known = Hints({"call": answer}, False, [RecordedMistake("en", "zh", "", {"call": answer})] * 4)
    write_hints(known, tmp_path / "ngram_counts")

    assert read_hints(tmp_path / "ngram_counts") == known


def _is_array(answer):
    return isinstance(answer["value"][0][0], np.ndarray)
