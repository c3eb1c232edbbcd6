from __future__ import annotations

import numpy as np
import pytest

from grader.audit.corrupted_answers import CORRUPTIONS
from grader.audit.wrong_answers import (
    UNINFORMED,
    AnswersSeen,
    uninformed,
    with_corrupted_answers,
)
from grader.sandbox.proxy import Record

SHAPES = {"has an axis too many", "has its entries in a row"}
DTYPES = {"is in whole numbers", "is in half precision"}
VALUES = {"is off by a thousandth", "has zeros for values", "has ones for values"}
WIDTH = {"is in double precision"}


def answered(value=None, after=(), op="call"):
    """Return the trace of one call."""
    return [Record(op, "f", (), value, after)]


@pytest.mark.parametrize(
    ("trace", "corruptions"),
    [
        (answered(np.ones(2)), SHAPES | DTYPES | VALUES | WIDTH),
        (answered((np.ones(2), np.arange(2))), SHAPES | DTYPES | VALUES | WIDTH),
        (answered([[np.ones(2)]], op="take"), SHAPES | DTYPES | VALUES | WIDTH),
        (answered({"loss": 1.5}), SHAPES | DTYPES | VALUES),
        (answered(np.array(1.5)), SHAPES | DTYPES | VALUES),
        (answered(np.arange(2)), SHAPES | VALUES),
        (answered(3), SHAPES | VALUES),
        (answered(None, ((0, np.ones(2)),)), DTYPES | VALUES),
        (answered(None, ((0, np.arange(2)),)), VALUES),
        (answered("a word"), set()),
        (answered(None), set()),
        (answered([np.ones(2)], op="vjp"), set()),
    ],
)
def test_an_answer_is_corrupted_only_where_that_makes_it_wrong(trace, corruptions):
    """What is changed in place keeps shape and dtype; integers and scalars may have any dtype."""
    answers = AnswersSeen()
    answers.note(trace)

    assert set(answers.corruptions(dtype_asked=True)) == corruptions
    assert set(answers.corruptions(dtype_asked=False)) == corruptions - WIDTH


def test_every_corruption_belongs_to_a_kind():
    """A new one must say where it applies."""
    assert set(CORRUPTIONS) == SHAPES | DTYPES | VALUES | WIDTH


def run(submission, name):
    """Return a function of a submission, run here."""
    space: dict[str, object] = {}
    (chunk,) = submission.chunks
    exec(chunk.text, space)
    return space[name]


def test_uninformed_answers_know_nothing():
    """None, the argument, zeros, ones, NaN; or they spoil what they are given."""
    x = np.arange(3.0)
    found = {what: run(uninformed("double", what, "numpy"), "double") for what in UNINFORMED}

    assert found["returns None"](x) is None
    assert found["returns its first argument"](x) is x
    assert found["returns zeros"](x).tolist() == [0, 0, 0]
    assert found["returns ones"](x).tolist() == [1, 1, 1]
    assert np.isnan(found["returns NaN"](x)).all()
    assert found["zeroes its arguments"](x).tolist() == x.tolist() == [0, 0, 0]
    assert (found["returns zeros"](), found["returns ones"]()) == (0, 1)


def test_the_answers_of_one_exercise_are_corrupted_and_no_others(course):
    """The rest of the reference stays right."""
    cells = course.source(course.assignments[0])
    submission = with_corrupted_answers(cells, "double", "has zeros for values", "numpy")

    assert run(submission, "double")(4.0) == 0
    assert run(submission, "Half")()(4.0) == 2
