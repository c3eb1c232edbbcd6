import numpy as np

from grader.checks import Mismatch, Text, assert_close, points

#: the relative error that the statement allows
ALLOWED = 1e-5


def clipped(reference, grads, theta):
    """Return what the gradients become."""
    expected = [grad.copy() for grad in grads]
    reference.clip_gradients(expected, theta)
    return expected


def assert_gradients(grads, expected):
    """Assert that all gradients are as expected, within the error that the statement allows."""
    for number, (grad, right) in enumerate(zip(grads, expected, strict=True)):
        assert_close(grad, right, tolerance=ALLOWED, what=f"grads[{number}]")


@points(1)
def test_short_gradients_stay(student, reference, draw):
    """At or below theta, nothing changes; at a larger norm, something does.

    zh: 范数不超过theta时什么都不变，超过时才改变。
    """
    for theta, size in [(100, 1.0), (1.5, 0.01), (1e9, 1e6), (1e-3, 1e-12)]:
        grads = [draw.normal(*shape, scale=size) for shape in [(3, 2), (4,)]]
        before = [grad.copy() for grad in grads]
        student.clip_gradients(grads, theta)
        assert_gradients(grads, before)
    for theta in (5, 5 * (1 + 1e-4), 5 * (1 - 1e-4)):
        grads = [draw.cast([[3, 0]], "float64"), draw.cast([4], "float64")]
        expected = clipped(reference, grads, theta)
        student.clip_gradients(grads, theta)
        assert_gradients(grads, expected)


@points(1)
def test_zeros_stay_zeros(student, reference, draw):
    """Gradients that are all zero stay zero; one that is zero among others does, too.

    zh: 全为零的梯度仍为零；其他梯度不为零时，为零的那一个也是如此。
    """
    grads = [np.zeros_like(draw.normal(2, 3)), np.zeros_like(draw.normal(4))]
    student.clip_gradients(grads, 0.5)
    for number, grad in enumerate(grads):
        assert_close(grad, np.zeros(grad.shape), scale=1.0, what=f"grads[{number}]")
    grads[0] += draw.away_from_zero(2, 3)
    expected = clipped(reference, grads, 0.2)
    student.clip_gradients(grads, 0.2)
    assert_close(grads[0], expected[0], tolerance=ALLOWED, what="grads[0]")
    assert_close(grads[1], expected[1], scale=1.0, what="grads[1]")


@points(1)
def test_nothing_returned(student, reference, draw):
    """The change is all there is: nothing is returned, and no call affects the next.

    zh: 只做改变：函数不返回任何值，各次调用互不影响。
    """
    for theta, size in [(1.3, 5.0), (0.7, 1.0), (1.3, 0.01), (1.3, 2.0)]:
        grads = [draw.normal(*shape, scale=size) for shape in [(2, 3), (4,)]]
        expected = clipped(reference, grads, theta)
        returned = student.clip_gradients(grads, theta)
        assert_gradients(grads, expected)
        if returned is not None:
            raise Mismatch(
                Text("The function returns something.", "函数返回了值。"),
                Text("It changes the gradients in place.", "它应当原地改变梯度。"),
            )
