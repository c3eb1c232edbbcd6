"""Shapes are read from the sentences of a statement."""

from __future__ import annotations

import pytest

from grader.course.stated_shapes import stated_shapes

N_D = {2: ("n", "d")}


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("`X`, of shape `(n, d)`, holds examples.", {"X": N_D}),
        ("`X` is `(n, d)` and `y` is `(n, 1)`; `k` may be 1.", {"X": N_D, "y": {2: ("n", "1")}}),
        ("`p` and `q` have shape `(k,)`.", {"p": {1: ("k",)}, "q": {1: ("k",)}}),
        ("`y` has `(n, 1)` or `(n,)`.", {"y": {2: ("n", "1"), 1: ("n",)}}),
        ("`p` is\n`(d, 4h)`, `q` `(d + 1,)`", {"p": {2: ("d", "4h")}, "q": {1: ("d + 1",)}}),
        ("The result has the shape of `X`. It is `(n, d)`.", {}),
        ("Return:\n\n- `dX` `(n, d)`, with respect to `X`;\n- `dy` `(n, 1)`", {}),
        ("the gradient of `X`, `dX`, is `(n, d)`", {}),
        ("`X` has any shape; call `f(X, y)`.", {}),
    ],
)
def test_a_shape_is_that_of_the_arguments_named_before_it(text, shapes):
    """In the same sentence, and with nothing else named between."""
    assert stated_shapes([text], ["X", "y", "p", "q", "k"]) == shapes


def test_the_first_shape_of_so_many_axes_holds():
    """Later sentences speak of results and examples."""
    texts = ["`X` is `(n, d)`.", "Then `X` becomes `(d, n)`, or `X` `(n, d, 1)`."]

    assert stated_shapes(texts, ["X"]) == {"X": {2: ("n", "d"), 3: ("n", "d", "1")}}
