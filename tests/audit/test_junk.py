from __future__ import annotations

import numpy as np
import pytest

from grader.audit.corrupted_answers import WAYS
from grader.audit.junk import EMPTY_HANDED, Answers, empty_handed, spoiled
from grader.sandbox.proxy import Record

SHAPES = {"has an axis too many", "has its entries in a row"}
DTYPES = {"is in whole numbers", "is in half precision"}
VALUES = {"is off by a thousandth", "has zeros for values", "has ones for values"}
WIDTH = {"is in double precision"}


def answered(value=None, after=(), op="call"):
    """Return the trace of one call."""
    return [Record(op, "f", (), value, after)]


@pytest.mark.parametrize(
    ("trace", "ways"),
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
def test_an_answer_is_spoiled_only_where_that_makes_it_wrong(trace, ways):
    """What is changed in place keeps shape and dtype; integers and scalars may have any dtype."""
    answers = Answers()
    answers.take(trace)

    assert set(answers.ways(dtype_asked=True)) == ways
    assert set(answers.ways(dtype_asked=False)) == ways - WIDTH


def test_every_way_belongs_to_a_kind():
    """A new one must say where it applies."""
    assert set(WAYS) == SHAPES | DTYPES | VALUES | WIDTH


def run(submission, name):
    """Return a function of a submission, run here."""
    space: dict[str, object] = {}
    (chunk,) = submission.chunks
    exec(chunk.text.replace("from corrupted_answers", "from grader.audit.corrupted_answers"), space)
    return space[name]


def test_who_comes_empty_handed_defines_every_exercise(course):
    """And knows nothing: None, the argument, zeros, ones, NaN; or spoils what it is given."""
    x = np.arange(3.0)
    found = {label: run(junk, "double") for label, junk in empty_handed(course.assignments[0])}

    assert list(found) == list(EMPTY_HANDED)
    assert found["returns None"](x) is None
    assert found["returns its first argument"](x) is x
    assert found["returns zeros"](x).tolist() == [0, 0, 0]
    assert found["returns ones"](x).tolist() == [1, 1, 1]
    assert np.isnan(found["returns NaN"](x)).all()
    assert found["zeroes its arguments"](x).tolist() == x.tolist() == [0, 0, 0]
    assert (found["returns zeros"](), found["returns ones"]()) == (0, 1)


def test_one_exercise_is_spoiled_and_no_other(course):
    """The helper lies beside the reference."""
    (assignment,) = course.assignments
    cells = course.source(assignment)
    submission = spoiled(cells, "double", "has zeros for values", "numpy")
    ((name, content),) = submission.files

    assert run(submission, "double")(4.0) == 0
    assert run(submission, "Half")()(4.0) == 2
    assert (name, b"def spoiled" in content) == ("corrupted_answers.py", True)
