"""The names that authors of checks import.

A check is a plain pytest function whose docstring is the sentence that the learner reads, in
English, and after ``zh:`` in Chinese::

    from grader.checks import assert_close, points

    @points(2)
    def test_values(student, reference, draw):
        \"\"\"Values agree with the definition.

        zh: 结果与定义一致。
        \"\"\"
        X = draw.normal(3, 5)
        assert_close(student.softmax(X), reference.softmax(X))
"""

from grader.exercise import Text
from grader.worker.values import Parameter, WithGradient

from .assertions import Mismatch, as_array, as_block, assert_close, one_of
from .draws import Draw
from .gradients import assert_backward, assert_gradient
from .marks import needs, points, says
from .randomness import (
    assert_independent,
    assert_normal,
    assert_random_order,
    assert_rate,
    assert_unrelated,
)
from .side_effects import (
    assert_dtype_kept,
    assert_no_alias,
    assert_no_memory,
    assert_state_kept,
    assert_unchanged,
)
from .work import assert_differentiated, assert_vectorised

__all__ = [
    "Draw",
    "Mismatch",
    "Parameter",
    "Text",
    "WithGradient",
    "as_array",
    "as_block",
    "assert_backward",
    "assert_close",
    "assert_differentiated",
    "assert_dtype_kept",
    "assert_gradient",
    "assert_independent",
    "assert_no_alias",
    "assert_no_memory",
    "assert_normal",
    "assert_random_order",
    "assert_rate",
    "assert_state_kept",
    "assert_unchanged",
    "assert_unrelated",
    "assert_vectorised",
    "needs",
    "one_of",
    "points",
    "says",
]
